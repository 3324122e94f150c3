using LabServer.Core.Grading;
using LabServer.Core.Storage;
using Microsoft.Data.Sqlite;

namespace LabServer.Core.Tests.Storage;

/// <summary>Every SQL statement of the stores, prepared against a fresh database: a broken one fails here and names itself.</summary>
public sealed class StatementsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;
    private Database _database = null!;

    public static TheoryData<string> Stores => [.. Statements().Select(statement => statement.Store).Distinct().Order(StringComparer.Ordinal)];

    public Task InitializeAsync()
    {
        _database = Database.Open(
            new SqliteDialect(Path.Combine(_folder, "labserver.db")), TimeProvider.System, session => RuleSetStore.Register(session, RuleSets.All));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void Statement_OfTheStore_IsGoodForSqlite(string store)
    {
        using var connection = _database.Dialect.OpenWriter();
        SqliteBulk.Create(connection, transaction: null);
        var faults = Statements().Where(statement => statement.Store == store)
            .Select(statement => (statement.Name, Fault: Prepare(connection, statement.Sql)))
            .Where(statement => statement.Fault is not null)
            .Select(statement => $"{statement.Name}: {statement.Fault}");

        Assert.Empty(faults);
    }

    [Fact]
    public void Statements_OfAllStores_AreFoundByTheirConstants()
    {
        Assert.True(Statements().Count() > 60, $"Only {Statements().Count()} statements were found.");
        Assert.Contains(Statements(), statement => statement is { Store: nameof(ResultStore), Name: "InsertResult" });
        Assert.Contains(Statements(), statement => statement is { Store: "KeyTable" });
    }

    // Every summary asks the first: one that reads all results, or the events with their texts, is a hundred times slower. Grading
    // asks for the alerts of each event that it changes: read through, they make a study take its events times its alerts.
    [Theory]
    [InlineData("SeriesStore", "SelectPendingOfStudy", "SEARCH r USING INTEGER PRIMARY KEY (rowid>?)")]
    [InlineData("SummaryStore", "SelectWorst", "SEARCH e USING COVERING INDEX adverse_event_worst (subject_key=?)")]
    [InlineData("SummaryStore", "SelectOnsets", "SEARCH e USING COVERING INDEX adverse_event_worst (subject_key=?)")]
    [InlineData("SummaryStore", "SelectReviewed", "SEARCH e USING INDEX adverse_event_id (event_id=?)")]
    [InlineData("AlertStore", "SelectOfEvent", "SEARCH alert USING INDEX alert_event (event_id=?)")]
    public void Plan_OfWhatIsAskedOften_ReadsOnlyWhatItNeeds(string store, string name, string step)
    {
        using var connection = _database.Read();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + Assert.Single(Statements(), statement => statement.Store == store && statement.Name == name).Sql;
        using var reader = command.ExecuteReader();
        List<string> steps = [];
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        Assert.Contains(step, steps);
        Assert.DoesNotContain(steps, other => other.StartsWith("USE TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public void Prepare_BrokenStatement_IsAFault()
    {
        using var connection = _database.Read();

        Assert.NotNull(Prepare(connection, "SELECT no_such_column FROM result"));
    }

    private static IEnumerable<StoreStatement> Statements()
    {
        var sqlite = new SqliteDialect("none");
        return StoreStatements.For(sqlite.TextOf, sqlite.TakeFirst);
    }

    private static string? Prepare(System.Data.Common.DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            command.Prepare();
            return null;
        }
        catch (SqliteException fault)
        {
            return fault.Message;
        }
    }
}

using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Core.Tests.Storage;

/// <summary>A database of every version that was released comes to the newest schema with everything that was in it.</summary>
public sealed class UpgradeFromEachVersionTests : IDisposable
{
    private const int Rows = 5;

    private static readonly Lazy<IReadOnlyList<string>> NewestSchema = new(MakeNewest);

    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;

    public static TheoryData<int> Versions => [.. OldDatabase.Versions];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Open_DatabaseOfThatVersion_HasTheNewestSchemaAndKeepsEveryRow(int version)
    {
        var old = Path.Combine(_folder, "old.db");
        OldDatabase.Make(old, version, Rows);
        var before = Read(old);

        await Open(old).DisposeAsync();

        Assert.Equal(NewestSchema.Value, DatabaseDump.Schema(old));
        using var connection = Connect(old);
        Assert.All(before, table =>
        {
            Assert.True(table.Rows.Count >= 1, $"{table.Name} had rows");
            Assert.Empty(table.Rows.Except(DatabaseDump.Rows(connection, table.Name, table.Columns)));
        });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IReadOnlyList<string> MakeNewest()
    {
        var folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;
        var path = Path.Combine(folder, "new.db");
        using (var connection = new SqliteDialect(path).OpenWriter())
        {
            SchemaUpgrade.Run(connection, new SqliteDialect(path), TimeProvider.System);
        }

        var schema = DatabaseDump.Schema(path);
        Directory.Delete(folder, recursive: true);
        return schema;
    }

    // Marks of what grading has to take up are meant to change: an upgrade that adds to grades has them made anew.
    private static List<(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Rows)> Read(string path)
    {
        using var connection = Connect(path);
        return [.. from table in OldDatabase.Tables(connection).Except(["grading_state", "pending_series"])
                   let columns = OldDatabase.Columns(connection, table)
                   select (table, columns, DatabaseDump.Rows(connection, table, columns))];
    }

    private static Database Open(string path) =>
        Database.Open(new SqliteDialect(path), TimeProvider.System, session => RuleSetStore.Register(session, RuleSets.All));

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}

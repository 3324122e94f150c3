using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Core.Tests.Storage;

public sealed class SchemaUpgradeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;

    private string File => Path.Combine(_folder, "labserver.db");

    [Fact]
    public void Files_OfSqlite_AreNumberedFromOneWithoutGaps()
    {
        var files = SchemaUpgrade.Files(new SqliteDialect(File));

        Assert.Equal(Enumerable.Range(1, files.Count), files.Select(file => file.Number));
        Assert.All(files, file => Assert.Matches(@"^[0-9]{4}_[a-z_]+\.sqlite\.sql$", file.Name));
    }

    [Fact]
    public async Task Open_NewFile_RunsEverySchemaFileAndJournalsIt()
    {
        await using (Open())
        {
        }

        Assert.Equal(
            SchemaUpgrade.Files(new SqliteDialect(File)).Select(file => (file.Name, file.Sha256)),
            Query<(string, string)>("SELECT name, sha256 FROM schema_journal ORDER BY number"));
    }

    [Fact]
    public async Task Open_SecondTime_ChangesNothing()
    {
        const string Schema = "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master ORDER BY type, name";
        const string Journal = "SELECT number || ' ' || sha256 || ' ' || applied_us FROM schema_journal ORDER BY number";
        const string Criteria = "SELECT criterion_key || ' ' || term_key || ' ' || criterion_id FROM criterion ORDER BY criterion_key";
        await using (Open())
        {
        }

        var (schema, journal, criteria) = (Query<string>(Schema), Query<string>(Journal), Query<string>(Criteria));
        await using (Open())
        {
        }

        Assert.NotEmpty(criteria);
        Assert.Equal(schema, Query<string>(Schema));
        Assert.Equal(journal, Query<string>(Journal));
        Assert.Equal(criteria, Query<string>(Criteria));
    }

    [Fact]
    public async Task Open_SchemaFileIsNotTheOneItWasMadeWith_RefusesAndNamesIt()
    {
        await using (Open())
        {
        }

        Execute("UPDATE schema_journal SET sha256 = 'other' WHERE number = 2");

        Assert.Contains("0002_results.sqlite.sql", Assert.Throws<SchemaException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_MadeByANewerProgram_Refuses()
    {
        await using (Open())
        {
        }

        Execute("INSERT INTO schema_journal (number, name, sha256, applied_us) VALUES (9999, '9999_later.sqlite.sql', 'x', 0)");

        Assert.Contains("newer", Assert.Throws<SchemaException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_LaterFileMissing_RunsItAndKeepsWhatIsThere()
    {
        await using (Open())
        {
        }

        Execute("INSERT INTO sender (sender) VALUES ('kept'); DROP TABLE job_run; DELETE FROM schema_journal WHERE number = 4");
        await using (Open())
        {
        }

        Assert.Equal(["kept"], Query<string>("SELECT sender FROM sender"));
        Assert.Empty(Query<string>("SELECT run_id FROM job_run"));
    }

    [Fact]
    public async Task Open_AnotherServerRunsTheFilesBetweenTheLookAndTheLock_RunsNoneOfThemAgain()
    {
        var dialect = new DialectDouble(new SqliteDialect(File));
        var begun = 0;
        dialect.BeforeWrite = _ =>
        {
            // The first transaction makes the journal, the second is for the first file.
            if (++begun == 2)
            {
                using var other = new SqliteDialect(File).OpenWriter();
                SchemaUpgrade.Run(other, new SqliteDialect(File), TimeProvider.System);
            }
        };

        await using (Database.Open(dialect, TimeProvider.System, session => RuleSetStore.Register(session, RuleSets.All)))
        {
        }

        Assert.Equal(
            SchemaUpgrade.Files("sqlite").Select(file => file.Name), Query<string>("SELECT name FROM schema_journal ORDER BY number"));
        Assert.Equal(
            SchemaUpgrade.Files("sqlite").Count(file => file.Number >= 17),
            Query<string>("SELECT action FROM audit_entry WHERE action IN ('TRAIL_STARTED', 'SCHEMA_UPGRADED')").Count);
    }

    [Fact]
    public async Task Open_SeveralServersAtOnce_EachFileIsRunOnce()
    {
        using var start = new Barrier(3);
        var servers = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return Database.Open(new SqliteDialect(File, isShared: true), TimeProvider.System, session => RuleSetStore.Register(session, RuleSets.All));
            },
            TaskCreationOptions.LongRunning)).ToList();

        foreach (var server in await Task.WhenAll(servers))
        {
            await server.DisposeAsync();
        }

        Assert.Equal(
            SchemaUpgrade.Files("sqlite").Select(file => file.Name), Query<string>("SELECT name FROM schema_journal ORDER BY number"));
        Assert.Equal(RuleSets.All.Count, Query<string>("SELECT rule_set_id FROM rule_set").Count);
    }

    [Fact]
    public async Task Open_RuleSetIsNotTheOneItWasGradedUnder_RefusesAndNamesIt()
    {
        await using (Open())
        {
        }

        Execute("UPDATE rule_set SET sha256 = 'other' WHERE rule_set_id = 'ctcae-5.0'");

        Assert.Contains("ctcae-5.0", Assert.Throws<RuleSetChangedException>(Open).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Database Open() =>
        Database.Open(new SqliteDialect(File), TimeProvider.System, session => RuleSetStore.Register(session, RuleSets.All));

    private List<T> Query<T>(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        return connection.Query<T>(sql).AsList();
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Execute(sql);
    }
}

using LabServer.Core.Storage;
using LabServer.Core.Tests.Support.Tds;

namespace LabServer.Core.Tests.Support;

public sealed partial class TestDatabase
{
    // The schema is SQLite's, as it is SQLite that runs the statements.
    static partial void CreateBehindProtocol(ref TestDatabase? made)
    {
        var folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;
        var path = Path.Combine(folder, "labserver.db");
        var sqlite = new SqliteDialect(path);
        using (var connection = sqlite.OpenWriter())
        {
            // Before whatever clock a test has: the trail begins with it, and goes on from there.
            SchemaUpgrade.Run(connection, sqlite, new FixedTime("2000-01-01T00:00:00Z"));
        }

        var server = SqliteEngine.Start(path, TimeProvider.System);
        var dialect = new SqlServerDialect(server.ConnectionString);
        made = new TestDatabase(dialect, async () =>
        {
            dialect.CloseReaders();
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        });
    }
}

using Dapper;
using LabServer.Core.Storage;
using Microsoft.Data.SqlClient;

namespace LabServer.Core.Tests.Support;

/// <summary>
/// An empty database for one test, which goes with it: a SQLite file, or, where <see cref="Variable"/> holds a connection string
/// with the right to make databases, one of SQL Server.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Environment variable with the connection string of a SQL Server.</summary>
    public const string Variable = "LABSERVER_TEST_SQLSERVER";

    private readonly Func<Task> _remove;

    private TestDatabase(Dialect dialect, Func<Task> remove)
    {
        Dialect = dialect;
        _remove = remove;
    }

    /// <summary>What tests are run on beside SQLite; null: nothing.</summary>
    public static string? SqlServer => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text : null;

    public Dialect Dialect { get; }

    public static TestDatabase Create() => SqlServer is { } server ? CreateOnSqlServer(server) : CreateFile();

    private static TestDatabase CreateFile()
    {
        var folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;
        return new TestDatabase(
            new SqliteDialect(Path.Combine(folder, "labserver.db")),
            () =>
            {
                Directory.Delete(folder, recursive: true);
                return Task.CompletedTask;
            });
    }

    // A name cannot be a parameter; this one is made here, of digits and letters.
    private static TestDatabase CreateOnSqlServer(string server)
    {
        var name = $"labserver_test_{Guid.NewGuid():N}";
        using (var connection = Open(server))
        {
            connection.Execute($"CREATE DATABASE {name}");
            connection.Execute($"ALTER DATABASE {name} SET ALLOW_SNAPSHOT_ISOLATION ON");
            connection.Execute($"ALTER DATABASE {name} SET READ_COMMITTED_SNAPSHOT ON");
        }

        var dialect = new SqlServerDialect(new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ToString());
        return new TestDatabase(dialect, async () =>
        {
            dialect.CloseReaders();
            await using var connection = Open(server);
            await connection.ExecuteAsync($"DROP DATABASE {name}");
        });
    }

    private static SqlConnection Open(string server)
    {
        var connection = new SqlConnection(server);
        connection.Open();
        return connection;
    }

    public async ValueTask DisposeAsync() => await _remove();
}

using Dapper;
using LabServer.Core.Storage;
using Microsoft.Data.SqlClient;

namespace LabServer.Core.Tests.Support;

/// <summary>
/// An empty database for one test, which goes with it: a SQLite file, or, where <see cref="Variable"/> holds a connection string
/// with the right to make databases, one of SQL Server. With <see cref="DoubleVariable"/> it is a SQLite file behind the protocol of
/// SQL Server: everything of ours is run that is run with SQL Server, down to its client, and nothing of the server.
/// </summary>
public sealed partial class TestDatabase : IAsyncDisposable
{
    /// <summary>Environment variable with the connection string of a SQL Server.</summary>
    public const string Variable = "LABSERVER_TEST_SQLSERVER";

    /// <summary>Environment variable that is 1 where tests go by way of SqlClient to SQLite.</summary>
    public const string DoubleVariable = "LABSERVER_TEST_DOUBLE";

    private readonly Func<Task> _remove;

    private TestDatabase(Dialect dialect, Func<Task> remove, string connectionString = "")
    {
        Dialect = dialect;
        _remove = remove;
        ConnectionString = connectionString;
    }

    /// <summary>What tests are run on beside SQLite; null: nothing.</summary>
    public static string? SqlServer => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text : null;

    /// <summary>Whether tests go by way of SqlClient to SQLite.</summary>
    public static bool IsDouble => Environment.GetEnvironmentVariable(DoubleVariable) == "1";

    public Dialect Dialect { get; }

    /// <summary>How a server reaches it; empty: it is a file.</summary>
    public string ConnectionString { get; }

    public static TestDatabase Create()
    {
        if (SqlServer is { } server)
        {
            return CreateOnSqlServer(server);
        }

        TestDatabase? made = null;
        if (IsDouble)
        {
            CreateBehindProtocol(ref made);
        }

        return made ?? CreateFile();
    }

    // Only the tests of Core have the other side of the protocol.
    static partial void CreateBehindProtocol(ref TestDatabase? made);

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

        var connectionString = new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ToString();
        var dialect = new SqlServerDialect(connectionString);
        return new TestDatabase(
            dialect,
            async () =>
            {
                dialect.CloseReaders();
                await using var connection = Open(server);
                await connection.ExecuteAsync($"DROP DATABASE {name}");
            },
            connectionString);
    }

    private static SqlConnection Open(string server)
    {
        var connection = new SqlConnection(server);
        connection.Open();
        return connection;
    }

    public async ValueTask DisposeAsync() => await _remove();
}

using Dapper;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Core.Tests.Storage;

public sealed class SqliteDialectTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;

    private SqliteDialect Dialect => new(Path.Combine(_folder, "labserver.db"));

    [Theory]
    [InlineData("INSERT INTO thing (id, name, note) VALUES (1, 'other', '')", true, "primary key")]
    [InlineData("INSERT INTO thing (id, name, note) VALUES (2, 'first', '')", true, "unique column")]
    [InlineData("INSERT INTO thing (id, name, note) VALUES (2, 'other', NULL)", false, "column that must not be null")]
    [InlineData("INSERT INTO no_such_thing (id) VALUES (1)", false, "no table")]
    public void IsUniqueViolation_AfterAFailedInsert_IsTrueForKeysAlone(string insert, bool expected, string what)
    {
        using var connection = Dialect.OpenWriter();
        connection.Execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, note TEXT NOT NULL)");
        connection.Execute("INSERT INTO thing (id, name, note) VALUES (1, 'first', '')");

        var fault = Assert.Throws<SqliteException>(() => connection.Execute(insert));

        Assert.True(expected == Dialect.IsUniqueViolation(fault), what);
    }

    [Fact]
    public void OpenWriter_Always_WritesAheadAndWaitsForTheDisk()
    {
        using var connection = Dialect.OpenWriter();

        Assert.Equal("wal", connection.ExecuteScalar<string>("PRAGMA journal_mode"));
        Assert.Equal(2, connection.ExecuteScalar<int>("PRAGMA synchronous"));
        Assert.Equal(1, connection.ExecuteScalar<int>("PRAGMA foreign_keys"));
    }

    [Fact]
    public void OpenReader_Always_CannotWrite()
    {
        using var writer = Dialect.OpenWriter();
        writer.Execute("CREATE TABLE thing (id INTEGER PRIMARY KEY)");
        using var reader = Dialect.OpenReader();

        Assert.Throws<SqliteException>(() => reader.Execute("INSERT INTO thing (id) VALUES (1)"));
        Assert.Equal(0, reader.ExecuteScalar<int>("SELECT COUNT(*) FROM thing"));
    }

    // Up to 10.0.11 the driver's pool lent one connection to two who opened at once, within some hundred rounds of this: the one then
    // read by the other's snapshot, or could not begin its own.
    [Fact]
    [Trait(Battery.Name, Battery.Value)]
    public void Driver_ManyReadersOpenedAtOnce_EachHasAConnectionOfItsOwn()
    {
        const int Readers = 16;
        var dialect = Dialect;
        dialect.OpenWriter().Dispose();
        using var reader = dialect.OpenReader();
        for (var round = 1; round <= Battery.Size(inSuite: 300, whole: 10_000); round++)
        {
            dialect.CloseReaders();
            using var together = new Barrier(Readers);
            List<SqliteConnection> opened = [.. Enumerable.Range(0, Readers).Select(_ => new SqliteConnection(reader.ConnectionString))];
            List<Thread> threads = [.. opened.Select(connection => new Thread(() =>
            {
                together.SignalAndWait();
                connection.Open();
            }))];
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());

            var connections = opened.Select(connection => connection.Handle!.DangerousGetHandle()).Distinct().Count();
            opened.ForEach(connection => connection.Dispose());

            Assert.True(connections == Readers, $"round {round}: {Readers} readers have {connections} connections");
        }
    }

    public void Dispose()
    {
        Dialect.CloseReaders();
        Directory.Delete(_folder, recursive: true);
    }
}

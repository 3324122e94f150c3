using Dapper;
using LabServer.Core.Storage;
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

    public void Dispose()
    {
        Dialect.CloseReaders();
        Directory.Delete(_folder, recursive: true);
    }
}

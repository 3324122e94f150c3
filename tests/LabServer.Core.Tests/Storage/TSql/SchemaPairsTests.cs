using Dapper;
using LabServer.Core.Storage;
using Microsoft.Data.Sqlite;

namespace LabServer.Core.Tests.Storage.TSql;

/// <summary>The schema files of both engines, held against each other.</summary>
public sealed class SchemaPairsTests
{
    private const string SelectTables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
    private const string SelectColumns = "SELECT name AS Name, type AS Type, \"notnull\" AS IsRequired, pk AS Place FROM pragma_table_info(@table) ORDER BY cid";
    private const string SelectIndexes = "SELECT name AS Name, origin AS Origin FROM pragma_index_list(@table) ORDER BY name";
    private const string SelectIndexed = "SELECT name FROM pragma_index_info(@index) ORDER BY seqno";

    private static readonly SqlServerSchema Schema = SqlServerSchema.OfProgram();

    [Fact]
    public void Files_OfBothEngines_HaveTheSameNumbersAndNames() => Assert.Equal(
        SchemaUpgrade.Files("sqlite").Select(file => (file.Number, file.Name.Replace(".sqlite.", ".", StringComparison.Ordinal))),
        SchemaUpgrade.Files("sqlserver").Select(file => (file.Number, file.Name.Replace(".sqlserver.", ".", StringComparison.Ordinal))));

    [Fact]
    public void Files_OfSqlServer_AreGood() => Assert.True(Schema.Faults.Count == 0, string.Join('\n', Schema.Faults));

    [Fact]
    public void Tables_OfBothEngines_AreTheSameColumnForColumn()
    {
        using var sqlite = OpenSqlite();
        Assert.Equal(
            SqliteTables(sqlite).SelectMany(table => Columns(sqlite, table)),
            Schema.Tables.Values.Where(table => !Schema.Views.Contains(table.Name)).OrderBy(table => table.Name, StringComparer.Ordinal).SelectMany(Columns));
    }

    [Fact]
    public void Keys_OfBothEngines_AreTheSame()
    {
        using var sqlite = OpenSqlite();
        Assert.Equal(
            SqliteTables(sqlite).SelectMany(table => Keys(sqlite, table)),
            Schema.Tables.Values.Where(table => !Schema.Views.Contains(table.Name)).OrderBy(table => table.Name, StringComparer.Ordinal).SelectMany(Keys));
    }

    [Fact]
    public void ViewsAndTriggers_OfBothEngines_AreTheSame()
    {
        using var sqlite = OpenSqlite();
        Assert.Equal(
            sqlite.Query<string>("SELECT name FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY name"),
            Schema.Views.Concat(Schema.Triggers.Keys).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("CREATE TABLE a (a BIGINT NOT NULL PRIMARY KEY); CREATE TABLE a (b BIGINT NOT NULL)", "a is there already")]
    [InlineData("ALTER TABLE a ADD b BIGINT", "there is no such table")]
    [InlineData("CREATE TABLE a (a INT NOT NULL)", "its type, INT, is none of those we use")]
    [InlineData("CREATE TABLE a (a NVARCHAR(20) NOT NULL)", "a text compares by")]
    [InlineData("CREATE TABLE a (a NVARCHAR(451) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY)", "a key of a has up to 902 bytes")]
    [InlineData("CREATE TABLE a (a NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE)", "has no length that an index could hold")]
    [InlineData("CREATE TABLE a (a BIGINT NOT NULL REFERENCES b (b))", "there is no such table")]
    [InlineData("CREATE TABLE a (a BIGINT NOT NULL); CREATE INDEX i ON a (b)", "a has no column b")]
    [InlineData("CREATE TABLE a (a BIGINT NOT NULL); CREATE INDEX i ON a (a) WHERE b <> 0", "no column b")]
    [InlineData("EXEC (N'CREATE VIEW v AS SELECT b.b FROM b')", "no table b")]
    [InlineData("EXEC (N'CREATE OR ALTER VIEW v AS SELECT 1 AS a')", "CREATE OR ALTER")]
    [InlineData("CREATE VIEW v AS SELECT 1 AS a", "Incorrect syntax")]
    public void Faults_OfABrokenSchemaFile_SayWhatIsWrong(string sql, string fault) =>
        Assert.Contains(SqlServerSchema.Of([("0001_a.sqlserver.sql", "SET XACT_ABORT ON; " + sql)]).Faults, found => found.Contains(fault, StringComparison.Ordinal));

    private static SqliteConnection OpenSqlite()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute(new SqliteDialect("none").CreateJournal);
        foreach (var file in SchemaUpgrade.Files("sqlite"))
        {
            connection.Execute(file.Sql);
        }

        return connection;
    }

    private static IEnumerable<string> SqliteTables(SqliteConnection sqlite) => sqlite.Query<string>(SelectTables).Order(StringComparer.Ordinal);

    // What a key holds is there in SQLite too, though it says so only of tables of one key.
    private static IEnumerable<string> Columns(SqliteConnection sqlite, string table) =>
        sqlite.Query<(string Name, string Type, long IsRequired, long Place)>(SelectColumns, new { table })
            .Select(column => $"{table}.{column.Name} {column.Type}{(column.IsRequired != 0 || column.Place != 0 ? " NOT NULL" : "")}");

    private static IEnumerable<string> Columns(SqlTable table) => table.Columns.Select(column => $"{table.Name}.{column.Name} {column.Type switch
    {
        SqlType.Bigint => "INTEGER",
        SqlType.Float => "REAL",
        SqlType.Text => "TEXT",
        SqlType.Bytes => "BLOB",
        _ => "?",
    }}{(column.IsNullable ? "" : " NOT NULL")}");

    private static IEnumerable<string> Keys(SqliteConnection sqlite, string table)
    {
        var indexes = sqlite.Query<(string Name, string Origin)>(SelectIndexes, new { table }).ToList();
        var primary = sqlite.Query<(string Name, string Type, long IsRequired, long Place)>(SelectColumns, new { table })
            .Where(column => column.Place != 0).OrderBy(column => column.Place).Select(column => column.Name);
        return Keys(
            table, primary,
            indexes.Where(index => index.Origin == "u").Select(index => Indexed(sqlite, index.Name)),
            indexes.Where(index => index.Origin == "c").Select(index => $"{index.Name} ({Indexed(sqlite, index.Name)})"));
    }

    private static IEnumerable<string> Keys(SqlTable table) => Keys(table.Name, table.PrimaryKey, table.UniqueKeys, table.Indexes);

    private static IEnumerable<string> Keys(string table, IEnumerable<string> primary, IEnumerable<string> unique, IEnumerable<string> indexes) =>
    [
        $"{table}: {string.Join(", ", primary)}",
        .. unique.Order(StringComparer.Ordinal).Select(columns => $"{table} unique: {columns}"),
        .. indexes.Order(StringComparer.Ordinal).Select(index => $"{table} index: {index}"),
    ];

    private static string Indexed(SqliteConnection sqlite, string index) => string.Join(", ", sqlite.Query<string>(SelectIndexed, new { index }));
}

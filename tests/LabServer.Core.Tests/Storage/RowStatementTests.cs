using Dapper;
using LabServer.Core.Storage;
using Microsoft.Data.Sqlite;

namespace LabServer.Core.Tests.Storage;

/// <summary>Values reach the database as they were given, whatever stood in the row before.</summary>
public sealed class RowStatementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;
    private readonly SqliteConnection _connection;
    private readonly SqliteRowStatement _insert;

    public RowStatementTests()
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "rows.db")};Pooling=False");
        _connection.Open();
        _connection.Execute("CREATE TABLE row (row_key INTEGER PRIMARY KEY, value, other UNIQUE)");
        _insert = new SqliteRowStatement(_connection, "INSERT INTO row (value, other) VALUES (@value, @other) ON CONFLICT (other) DO NOTHING");
    }

    [Fact]
    public void Run_ValuesOfEveryKindOneAfterTheOther_AreStoredAsGiven()
    {
        var large = new string('\u00FC', 100_000);
        Action<RowStatement>[] values =
        [
            row => row.Add(1L), row => row.Add(1L), row => row.Add(1.0), row => row.Add(1.0), row => row.Add(-0.5), row => row.AddNull(), row => row.AddNull(),
            row => row.Add("one"), row => row.Add("one"), row => row.Add("a longer text"), row => row.Add("one"), row => row.Add([1, 2, 3]), row => row.Add("one"),
            row => row.AddText("two"u8), row => row.Add("one"), row => row.Add(""), row => row.Add([]), row => row.Add(""), row => row.Add(large), row => row.Add(large),
            row => row.Add("one"), row => row.Add(long.MinValue), row => row.AddNull(), row => row.Add(long.MinValue), row => row.AddText(""u8),
        ];

        foreach (var (i, value) in values.Index())
        {
            value(_insert);
            Assert.Equal(i + 1, _insert.Add(i).Insert());
        }

        Assert.Equal(
            [
                "1", "1", "1.0", "1.0", "-0.5", "NULL", "NULL",
                "'one'", "'one'", "'a longer text'", "'one'", "X'010203'", "'one'",
                "'two'", "'one'", "''", "X''", "''", $"'{large}'", $"'{large}'",
                "'one'", "-9223372036854775808", "NULL", "-9223372036854775808", "''",
            ],
            _connection.Query<string>("SELECT QUOTE(value) FROM row ORDER BY row_key"));
    }

    [Fact]
    public void Insert_RowIsThere_GivesNoKeyAndStoresNothing()
    {
        Assert.Equal(1, _insert.Add("a").Add("same").Insert());

        Assert.Null(_insert.Add("b").Add("same").Insert());

        Assert.Equal(["a"], _connection.Query<string>("SELECT value FROM row"));
    }

    [Fact]
    public void FindWhole_RowOrNone_GivesItsNumberOrNull()
    {
        _insert.Add(7).Add("there").Insert();
        using var find = new SqliteRowStatement(_connection, "SELECT value FROM row WHERE other = @other");

        Assert.Equal(7, find.Add("there").FindWhole());
        Assert.Null(find.Add("not there").FindWhole());
    }

    [Fact]
    public void Run_ParameterIsMissing_SaysHowManyThereAre() =>
        Assert.Contains("2 parameters, and 1", Assert.Throws<InvalidOperationException>(() => _insert.Add(1).Run()).Message, StringComparison.Ordinal);

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

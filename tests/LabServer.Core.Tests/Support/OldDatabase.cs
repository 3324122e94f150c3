using System.Data.Common;
using System.Globalization;
using Dapper;
using LabServer.Core.Storage;

namespace LabServer.Core.Tests.Support;

/// <summary>A database as an earlier program left it: the schema of then, with rows in every table of it.</summary>
public static class OldDatabase
{
    private const string SelectTables = """
        SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name
        """;

    private const string SelectColumns = "SELECT name AS Name, type AS Type FROM pragma_table_info(@table) ORDER BY cid";

    // A server schedules the jobs of each study when it starts.
    private const int MostStudies = 10;

    // Written by the program itself, when it makes the schema.
    private static readonly string[] Own = ["schema_journal", "grading_state", "grading_share", "audit_entry"];

    /// <summary>Numbers of all schema versions that were released, but for the newest.</summary>
    public static IEnumerable<int> Versions => Enumerable.Range(1, SchemaUpgrade.Files(new SqliteDialect("none.db")).Count - 1);

    /// <summary>Makes it.</summary>
    /// <param name="path">A file that is not there yet.</param>
    /// <param name="version">Number of its newest schema file.</param>
    /// <param name="rows">Rows of each table but for that of studies. Row 7 of one belongs to row 7 of the others.</param>
    /// <param name="without">Tables left empty.</param>
    public static void Make(string path, int version, int rows, params IReadOnlyCollection<string> without)
    {
        var dialect = new SqliteDialect(path);
        using var connection = dialect.OpenWriter();
        SchemaUpgrade.RunThrough(connection, dialect, TimeProvider.System, version);
        // Rows belong to each other whatever the order in which tables are filled.
        connection.Execute("PRAGMA foreign_keys = OFF");
        using var transaction = connection.BeginTransaction();
        foreach (var table in Tables(connection, transaction).Except(Own).Except(without))
        {
            Fill(connection, transaction, table, rows);
        }

        transaction.Commit();
        Assert.Empty(connection.Query("PRAGMA foreign_key_check"));
    }

    /// <summary>All tables.</summary>
    public static IReadOnlyList<string> Tables(DbConnection connection, DbTransaction? transaction = null) =>
        connection.Query<string>(SelectTables, transaction: transaction).AsList();

    /// <summary>Names of a table's columns.</summary>
    public static IReadOnlyList<string> Columns(DbConnection connection, string table) =>
        [.. connection.Query<(string Name, string Type)>(SelectColumns, new { table }).Select(column => column.Name)];

    private static void Fill(DbConnection connection, DbTransaction transaction, string table, int rows)
    {
        var columns = connection.Query<(string Name, string Type)>(SelectColumns, new { table }, transaction).AsList();
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        // A name of the schema, which cannot be a parameter, and no values.
        insert.CommandText = string.Concat(
            "INSERT INTO ", table, " VALUES (", string.Join(", ", columns.Select((_, i) => FormattableString.Invariant($"@p{i}"))), ")");
        foreach (var (i, _) in columns.Index())
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            insert.Parameters.Add(parameter);
        }

        for (var row = 1; row <= (table == "study" ? Math.Min(rows, MostStudies) : rows); row++)
        {
            foreach (var (i, column) in columns.Index())
            {
                insert.Parameters[i].Value = Value(column.Name, column.Type, row);
            }

            insert.ExecuteNonQuery();
        }
    }

    // Names and dates that a server reads at its start must be some; of the rest any text will do.
    private static object Value(string column, string type, int row) => (column, type) switch
    {
        ("study_key", _) => ((row - 1) % MostStudies) + 1,
        ("time_zone", _) => "Etc/UTC",
        (_, "TEXT") when column.EndsWith("_cron", StringComparison.Ordinal) => "0 0 2 * * ?",
        (_, "TEXT") when column.EndsWith("_at", StringComparison.Ordinal) => "2021-03-02",
        (_, "TEXT") => string.Create(CultureInfo.InvariantCulture, $"{column} {row}"),
        (_, "REAL") => row + 0.5,
        (_, "BLOB") => BitConverter.GetBytes(row),
        _ => row,
    };
}

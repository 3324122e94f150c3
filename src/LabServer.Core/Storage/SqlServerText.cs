using System.Globalization;
using System.Text;

namespace LabServer.Core.Storage;

/// <summary>Statements that SQL Server says in words of its own.</summary>
internal static class SqlServerText
{
    /// <summary>
    /// A statement that fails takes its transaction with it, so that nothing half done can be committed; and none waits for a lock
    /// longer than it may for that of writing. Counts of changed rows are rested on, and transactions begin when we say so, whatever
    /// the server has been set to for everybody.
    /// </summary>
    public const string WriterSettings = "SET XACT_ABORT ON; SET LOCK_TIMEOUT 15000; SET NOCOUNT OFF; SET IMPLICIT_TRANSACTIONS OFF";

    /// <summary>Waits in turn for the lock under which one transaction writes. Under 0: it was not given.</summary>
    public const string TakeWriteLock = """
        DECLARE @result INT;
        EXEC @result = sp_getapplock
            @Resource = N'labserver.write', @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = 15000;
        SELECT @result
        """;

    /// <summary>UTC microseconds by the clock of the database.</summary>
    public const string SelectNow = "SELECT DATEDIFF_BIG(MICROSECOND, '1970-01-01', SYSUTCDATETIME())";

    /// <summary>The key given last on the connection, by whatever statement.</summary>
    public const string SelectLastInsertedKey = "SELECT CAST(@@IDENTITY AS BIGINT)";

    /// <summary>Bytes of all files of the database; one of their pages has 8 KiB.</summary>
    public const string SelectSize = "SELECT SUM(CAST(f.size AS BIGINT)) * 8192 FROM sys.database_files f";

    /// <summary>Bytes of its log.</summary>
    public const string SelectLogSize = "SELECT COALESCE(SUM(CAST(f.size AS BIGINT)), 0) * 8192 FROM sys.database_files f WHERE f.type = 1";

    /// <summary>What the database is called, and whether readers wait for nobody in it.</summary>
    public const string SelectSettings = """
        SELECT d.name, CAST(d.snapshot_isolation_state AS BIGINT), CAST(d.is_read_committed_snapshot_on AS BIGINT)
        FROM sys.databases d WHERE d.database_id = DB_ID()
        """;

    /// <summary>Makes the table of the schema files that were run, where it is not there.</summary>
    public const string CreateJournal = """
        IF OBJECT_ID(N'schema_journal', N'U') IS NULL
        CREATE TABLE schema_journal (
            number     BIGINT NOT NULL PRIMARY KEY,
            name       NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
            sha256     NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
            applied_us BIGINT NOT NULL
        )
        """;

    /// <summary>
    /// The statement for a write of one row. Only one transaction writes at a time, so that what is not there when it is looked
    /// for is not there when it is inserted either.
    /// </summary>
    public static string Of(RowWrite write)
    {
        var (columns, values) = write.Number is { } number
            ? ($"{number}, {write.ColumnList}", $"(SELECT COALESCE(MAX(n.{number}), 0) + 1 FROM {write.Table} n), {write.ParameterList}")
            : (write.ColumnList, write.ParameterList);
        var output = write.Number is null ? "" : $" OUTPUT inserted.{write.Number}";
        var has = string.Join(" AND ", write.Keys.Select(key => $"{key} = @{key}"));
        var insert = $"INSERT INTO {write.Table} ({columns}){output} SELECT {values} WHERE NOT EXISTS (SELECT 1 FROM {write.Table} WHERE {has})";

        // The insert first: it names the parameters in the order of the columns, and most rows are new.
        return write.Replaces
            ? $"{insert}; IF @@ROWCOUNT = 0 UPDATE {write.Table} SET {string.Join(", ", write.Values.Select(column => $"{column} = @{column}"))} WHERE {has}"
            : insert;
    }

    /// <summary>A query that ends in ORDER BY, cut to its first rows.</summary>
    public static string TakeFirst(string sql) => sql + " OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY";

    /// <summary>
    /// A statement several times over, as one batch, which ends with the first of them that fails. Parameters of the first are
    /// called <c>@name_0</c>, of the second <c>@name_1</c>.
    /// </summary>
    public static string Repeated(string sql, int times)
    {
        var text = new StringBuilder();
        for (var time = 0; time < times; time++)
        {
            for (var i = 0; i < sql.Length;)
            {
                var end = EndOf(sql, i);
                text.Append(sql, i, end - i);
                if (IsParameter(sql, i, end))
                {
                    text.Append(CultureInfo.InvariantCulture, $"_{time}");
                }

                i = end;
            }

            text.Append(";\n");
        }

        return text.ToString();
    }

    /// <summary>Names of the parameters of a statement, in the order in which they first stand in it.</summary>
    public static IReadOnlyList<string> ParametersOf(string sql)
    {
        List<string> names = [];
        for (var i = 0; i < sql.Length;)
        {
            var end = EndOf(sql, i);
            if (IsParameter(sql, i, end) && sql[i..end] is var name && !names.Contains(name))
            {
                names.Add(name);
            }

            i = end;
        }

        return names;
    }

    private static bool IsParameter(string sql, int start, int end) => sql[start] == '@' && end - start > 1 && sql[start + 1] != '@';

    // Of what begins here: a text, a quoted name, a comment, a variable (@@ROWCOUNT) or parameter, or a single character.
    private static int EndOf(string sql, int start) => sql[start] switch
    {
        '\'' or '"' => sql.IndexOf(sql[start], start + 1) is >= 0 and var quote ? quote + 1 : sql.Length,
        '-' when sql.AsSpan(start).StartsWith("--") => sql.IndexOf('\n', start) is >= 0 and var line ? line : sql.Length,
        '@' => start + 1 + sql.AsSpan(start + 1).IndexOfAnyExcept(NameCharacters) is var end && end > start ? end : sql.Length,
        _ => start + 1,
    };

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("@_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
}

namespace LabServer.Core.Storage;

/// <summary>Statements that SQL Server says in words of its own.</summary>
internal static class SqlServerText
{
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
}

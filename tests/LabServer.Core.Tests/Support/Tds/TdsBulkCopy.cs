namespace LabServer.Core.Tests.Support.Tds;

/// <summary>The three messages of a bulk copy: what has the table, here come its rows, the rows.</summary>
internal static class TdsBulkCopy
{
    private const byte ColumnMetadata = 0x81;
    private const byte Row = 0xD1;

    public static bool AsksForTable(string text) => text.Contains("SET FMTONLY ON", StringComparison.Ordinal);

    public static bool Announces(string text) => text.StartsWith("insert bulk ", StringComparison.Ordinal);

    /// <summary>Whether a transaction is open, the columns of the table, and their collations.</summary>
    public static TdsAnswer[] Describe(string text, IEnumerable<KeyValuePair<string, IReadOnlyList<TdsColumn>>> tables)
    {
        var columns = tables.FirstOrDefault(table => text.Contains($"[{table.Key}]", StringComparison.Ordinal)).Value;
        return columns is null
            ? [TdsAnswer.Error(208, $"Invalid object name in: {text}")]
            :
            [
                TdsAnswer.Rows([new TdsColumn("", TdsType.Int)], [0L]),
                TdsAnswer.Rows(columns),
                TdsAnswer.Rows(
                    [new("colid", TdsType.Int), new("name", TdsType.Text), new("tds_collation", TdsType.Bytes), new("collation", TdsType.Text)],
                    [.. columns.Select((column, i) => new object?[] { i + 1L, column.Name, null, column.Type.IsText ? "Latin1_General_100_BIN2" : null })]),
            ];
    }

    public static TdsBulkRows Read(TdsReader reader, TdsBatch announced)
    {
        if (reader.Byte() != ColumnMetadata)
        {
            throw new InvalidDataException("A bulk copy begins with its columns.");
        }

        var columns = TdsColumn.Read(reader);
        var rows = new List<object?[]>();
        while (reader.Byte() == Row)
        {
            rows.Add([.. columns.Select(column => column.Type.ReadValue(reader))]);
        }

        return new TdsBulkRows(announced.Text, columns, rows, announced.Transaction);
    }
}

using System.Text;

namespace LabServer.Core.Reports;

/// <summary>Tables as CSV: header line, comma, CRLF, UTF-8; what a spreadsheet would run is kept from it.</summary>
internal static class TableCsv
{
    public static byte[] Write(ReportTable table)
    {
        var text = new StringBuilder();
        Append(text, table.Columns.Select(column => column.Name));
        foreach (var row in table.Rows)
        {
            Append(text, row);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(string text)
    {
        var safe = SpreadsheetText.Neutral(text);
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}

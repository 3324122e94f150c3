using System.Text;

namespace LabServer.Core.Reports;

/// <summary>Tables as CSV: header line, comma, CRLF, UTF-8.</summary>
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
        // A spreadsheet runs a cell that begins like a formula.
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !IsNumber(text) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static bool IsNumber(string text) => double.TryParse(
        text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);
}

using System.Globalization;
using System.Text;
using LabServer.Core.Charts;

namespace LabServer.Core.Reports;

/// <summary>Writes a page. Every text that comes from data goes through <see cref="Text"/> or a cell, which escape it.</summary>
internal sealed class Html
{
    // A longer word is broken rather than pushing the table off the paper.
    private const int LongestWord = 24;

    private readonly StringBuilder _text = new();

    /// <summary>Adds markup of our own; never anything that comes from data.</summary>
    public Html Markup(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Adds a text, escaped.</summary>
    public Html Text(string text)
    {
        _text.Append(Svg.Escape(text));
        return this;
    }

    /// <summary>Adds an element that holds a text.</summary>
    public Html Element(string name, string text, string? attributes = null) =>
        Markup($"<{name}{(attributes is null ? "" : " " + attributes)}>").Text(text).Markup($"</{name}>\n");

    /// <summary>Adds the first rows of a table, or what is said where it has none, and where the rest is.</summary>
    public Html Table(ReportTable table)
    {
        if (table.Rows.Count == 0)
        {
            return Element("p", table.Empty, "class=\"empty\"");
        }

        // A column without anything in it says nothing on paper; the file has it.
        var shown = table.Columns.Select((column, i) => (Column: column, At: i))
            .Where(entry => entry.Column.Heading is not null && table.Rows.Take(table.Shown).Any(row => row[entry.At].Length > 0))
            .ToList();
        Markup("<table>\n").Element("caption", table.Caption, table.HasHeading ? "class=\"unseen\"" : null).Markup("<thead><tr>");
        foreach (var (column, _) in shown)
        {
            Markup($"<th scope=\"col\"{Class(column.Kind, heading: true)}>").Text(column.Heading!).Markup("</th>");
        }

        Markup("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows.Take(table.Shown))
        {
            Markup("<tr>");
            foreach (var (column, at) in shown)
            {
                Cell(column, row[at]);
            }

            Markup("</tr>\n");
        }

        Markup("</tbody>\n</table>\n");
        return table.Rows.Count > table.Shown
            ? Element("p", $"First {Number(table.Shown)} of {Number(table.Rows.Count)}, all in {table.File}.", "class=\"more\"")
            : this;
    }

    /// <summary>A number with its thousands parted.</summary>
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>The page.</summary>
    public override string ToString() => _text.ToString();

    private void Cell(ReportColumn column, string text)
    {
        text = column.Kind == CellKind.Time ? ReportTables.Short(text) : text;
        var isLong = column.Kind is CellKind.Name or CellKind.Text && text.Split(' ').Any(word => word.Length > LongestWord);
        Markup(isLong ? "<td class=\"w\">" : $"<td{Class(column.Kind, heading: false)}>");
        _ = column.Kind switch
        {
            CellKind.Grade when text.Length == 1 && text[0] is >= '0' and <= '5' => Markup($"<span class=\"grade g{text}\">{text}</span>"),
            CellKind.Number when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                Text((text.StartsWith('+') ? "+" : "") + Number(number).Replace('-', '−')),
            _ => Text(text),
        };
        Markup("</td>");
    }

    private static string Class(CellKind kind, bool heading) => kind switch
    {
        CellKind.Number => " class=\"n\"",
        CellKind.Time when !heading => " class=\"t\"",
        CellKind.Grade => " class=\"g\"",
        CellKind.Name when !heading => " class=\"k\"",
        _ => "",
    };
}

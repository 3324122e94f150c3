using System.Text.Json.Nodes;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>Writes the tables of one or several tests as asked for by --format.</summary>
internal static class TestTables
{
    /// <summary>Writes them.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="format">How.</param>
    /// <param name="summaries">One a test.</param>
    /// <param name="json">A summary as a document: of one test it is the output, of several an array of them is.</param>
    /// <param name="columns">Columns of CSV.</param>
    /// <param name="rows">Rows of a summary.</param>
    /// <param name="tables">Tables of a summary for people: a title, and the rows below it.</param>
    /// <param name="tableColumns">Their columns.</param>
    public static void Write<TSummary, TRow>(
        Terminal terminal, OutputFormat format, IReadOnlyList<TSummary> summaries, Func<TSummary, JsonObject> json,
        IReadOnlyList<Column<TRow>> columns, Func<TSummary, IEnumerable<TRow>> rows,
        Func<TSummary, IEnumerable<(string Title, IEnumerable<TRow> Rows)>> tables, Func<TSummary, IReadOnlyList<Column<TRow>>> tableColumns)
    {
        switch (format)
        {
            case OutputFormat.Json:
                JsonNode document = summaries.Count == 1 ? json(summaries[0]) : new JsonArray([.. summaries.Select(json)]);
                terminal.Output.Write(document.ToJsonString(JsonText.Indented));
                terminal.Output.Write('\n');
                break;
            case OutputFormat.Csv:
                Write(new CsvRowWriter<TRow>(columns, terminal.Output), summaries.SelectMany(rows));
                break;
            default:
                foreach (var summary in summaries)
                {
                    foreach (var (title, body) in tables(summary))
                    {
                        terminal.Output.WriteLine(title);
                        Write(new TableRowWriter<TRow>(tableColumns(summary), terminal), body);
                    }
                }

                break;
        }
    }

    private static void Write<TRow>(RowWriter<TRow> writer, IEnumerable<TRow> rows)
    {
        foreach (var row in rows)
        {
            writer.Write(row);
        }

        writer.Complete();
    }
}

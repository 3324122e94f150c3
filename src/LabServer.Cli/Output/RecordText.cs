using System.Buffers;
using Spectre.Console;

namespace LabServer.Cli.Output;

/// <summary>Writes one row by itself: name and value below each other, one CSV line under its header, or a JSON object.</summary>
internal static class RecordText
{
    /// <summary>Writes <paramref name="row"/>.</summary>
    public static void Write<T>(Terminal terminal, OutputFormat format, IReadOnlyList<Column<T>> columns, T row)
    {
        switch (format)
        {
            case OutputFormat.Csv:
                var lines = new CsvRowWriter<T>(columns, terminal.Output);
                lines.Write(row);
                break;
            case OutputFormat.Json:
                terminal.Output.Write(JsonRowWriter<T>.Object(new ArrayBufferWriter<byte>(), columns, row));
                terminal.Output.Write('\n');
                break;
            default:
                var table = terminal.NewTable().HideHeaders().AddColumns("", "");
                foreach (var column in columns.Where(column => column.InTable))
                {
                    table.AddRow(new Text(column.Title), new Text(Cell.Text(column.Value(row))));
                }

                terminal.Write(table);
                break;
        }

        terminal.Output.Flush();
    }
}

namespace LabServer.Cli.Output;

/// <summary>Writes rows as they come; memory does not grow with their number.</summary>
internal abstract class RowWriter<T>
{
    /// <summary>A writer of <paramref name="format"/> to <paramref name="terminal"/>.</summary>
    public static RowWriter<T> Create(OutputFormat format, IReadOnlyList<Column<T>> columns, Terminal terminal) => format switch
    {
        OutputFormat.Csv => new CsvRowWriter<T>(columns, terminal.Output),
        OutputFormat.Json => new JsonRowWriter<T>(columns, terminal.Output),
        _ => new TableRowWriter<T>(columns, terminal),
    };

    /// <summary>Writes one row.</summary>
    public abstract void Write(T row);

    /// <summary>Writes what belongs behind the last row.</summary>
    public abstract void Complete();
}

namespace LabServer.Cli.Output;

/// <summary>Rows as CSV.</summary>
internal sealed class CsvRowWriter<T> : RowWriter<T>
{
    private readonly IReadOnlyList<Column<T>> _columns;
    private readonly TextWriter _output;

    public CsvRowWriter(IReadOnlyList<Column<T>> columns, TextWriter output)
    {
        _columns = columns;
        _output = output;
        CsvText.WriteLine(output, columns.Select(column => column.Name));
    }

    /// <inheritdoc/>
    public override void Write(T row) => CsvText.WriteLine(_output, _columns.Select(column => Cell.Text(column.Value(row))));

    /// <inheritdoc/>
    public override void Complete() => _output.Flush();
}

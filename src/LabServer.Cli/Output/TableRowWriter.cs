using Spectre.Console;

namespace LabServer.Cli.Output;

/// <summary>Rows as a table for people.</summary>
internal sealed class TableRowWriter<T>(IReadOnlyList<Column<T>> columns, Terminal terminal) : RowWriter<T>
{
    // Column widths need the rows in memory, so a long listing is written as several tables.
    private const int RowsPerTable = 500;

    private readonly List<Column<T>> _columns = [.. columns.Where(column => column.InTable)];
    private readonly List<T> _rows = [];
    private bool _written;

    /// <inheritdoc/>
    public override void Write(T row)
    {
        _rows.Add(row);
        if (_rows.Count == RowsPerTable)
        {
            WriteTable();
        }
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        if (_rows.Count > 0)
        {
            WriteTable();
        }
        else if (!_written)
        {
            terminal.Output.WriteLine("none");
        }

        terminal.Output.Flush();
    }

    private void WriteTable()
    {
        var table = terminal.NewTable();
        foreach (var column in _columns)
        {
            var head = new TableColumn(new Text(column.Title)) { NoWrap = false };
            table.AddColumn(column.Value(_rows[0]) is int or long or double ? head.RightAligned() : head);
        }

        foreach (var row in _rows)
        {
            table.AddRow(_columns.Select(column => new Text(Cell.Text(column.Value(row)))));
        }

        terminal.Write(table);
        _rows.Clear();
        _written = true;
    }
}

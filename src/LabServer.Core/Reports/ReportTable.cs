namespace LabServer.Core.Reports;

/// <summary>A table: whole as a CSV file, and the first of its rows on the page.</summary>
/// <param name="File">Name of the CSV file.</param>
/// <param name="Caption">What it holds.</param>
/// <param name="Empty">What the page says instead of a table without rows.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, a cell a column.</param>
internal sealed record ReportTable(
    string File, string Caption, string Empty, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Rows that the page shows at most.</summary>
    public int Shown { get; init; } = 50;

    /// <summary>Whether the page shows the caption; where a heading says the same, it is for screen readers alone.</summary>
    public bool HasHeading { get; init; }
}

/// <summary>A column.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Heading">Its heading on the page; null: it is in the file only.</param>
/// <param name="Kind">How the page shows its cells.</param>
internal sealed record ReportColumn(string Name, string? Heading, CellKind Kind = CellKind.Text);

/// <summary>How a cell is shown.</summary>
internal enum CellKind
{
    /// <summary>As it is.</summary>
    Text,

    /// <summary>A short name, on one line.</summary>
    Name,

    /// <summary>To the right, thousands parted.</summary>
    Number,

    /// <summary>A date or time as ISO 8601 text: the T becomes a blank, seconds and offset are left to the file.</summary>
    Time,

    /// <summary>A grade, with its colour.</summary>
    Grade,
}

namespace LabServer.Core.Summaries;

/// <summary>One column of a dataset, described once for every format and for docs/exports.md.</summary>
/// <param name="Name">CDISC variable, or a name of our own.</param>
/// <param name="Label">What it is called, at most 40 characters.</param>
/// <param name="Type">What its cells are.</param>
/// <param name="Length">Most characters that a text has; null: a number, or a text without a limit.</param>
/// <param name="Source">Where CDISC has it from: the standard, or <c>own</c>.</param>
/// <param name="Origin">Where LabServer has it from, as a phrase for people.</param>
public abstract record DatasetColumn(string Name, string Label, DatasetColumnType Type, int? Length, string Source, string Origin)
{
    /// <summary>Whether it is there only when a rule set is named.</summary>
    public bool NeedsRuleSet { get; init; }
}

/// <summary>A column with the way to its cell.</summary>
internal sealed record DatasetColumn<TRow>(
    string Name, string Label, DatasetColumnType Type, int? Length, string Source, string Origin, Func<TRow, string> Cell)
    : DatasetColumn(Name, Label, Type, Length, Source, Origin)
{
    /// <summary>A text.</summary>
    public static DatasetColumn<TRow> Text(string name, string label, int? length, string source, string origin, Func<TRow, string> cell) =>
        new(name, label, DatasetColumnType.Text, length, source, origin, cell);

    /// <summary>A whole number.</summary>
    public static DatasetColumn<TRow> Integer(string name, string label, string source, string origin, Func<TRow, int?> number) =>
        new(name, label, DatasetColumnType.Whole, null, source, origin, row => CellText.Integer(number(row)));

    /// <summary>A number.</summary>
    public static DatasetColumn<TRow> Number(string name, string label, string source, string origin, Func<TRow, double?> number) =>
        new(name, label, DatasetColumnType.Number, null, source, origin, row => CellText.Number(number(row)));

    /// <summary><c>Y</c> or empty.</summary>
    public static DatasetColumn<TRow> Flag(string name, string label, string source, string origin, Func<TRow, bool> flag) =>
        new(name, label, DatasetColumnType.Text, 1, source, origin, row => flag(row) ? "Y" : "");
}

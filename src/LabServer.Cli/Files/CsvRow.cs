namespace LabServer.Cli.Files;

/// <summary>One row of a CSV file.</summary>
/// <param name="Line">Line of the file on which the row begins, from 1; the header is on line 1.</param>
/// <param name="Fields">Fields in the order of the columns. A faulty row may have another number of them.</param>
/// <param name="Fault">What is wrong with the row as a row. Null: nothing.</param>
internal sealed record CsvRow(long Line, string[] Fields, string? Fault)
{
    /// <summary>The row as it stands in the file, when it is faulty; else empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>The field at <paramref name="position"/>; empty when the file has no such column.</summary>
    public string this[int position] => position >= 0 && position < Fields.Length ? Fields[position] : "";
}

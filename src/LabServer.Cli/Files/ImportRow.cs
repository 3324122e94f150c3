namespace LabServer.Cli.Files;

/// <summary>A row of a file that is imported.</summary>
/// <param name="Line">Line of the file.</param>
/// <param name="Item">What it says; null when it cannot be read at all.</param>
/// <param name="Faults">What was found wrong before it was sent. A row with faults is not sent.</param>
internal sealed record ImportRow<TItem>(long Line, TItem? Item, IReadOnlyList<RowFault> Faults)
    where TItem : class
{
    /// <summary>A row that cannot be read.</summary>
    public static ImportRow<TItem> Malformed(long line, string fault) => new(line, null, [new RowFault(line, "", "ROW_MALFORMED", fault)]);
}

namespace LabServer.Core.Summaries;

/// <summary>A value that says nothing of an outcome, as sent, and of how many records of a table.</summary>
/// <param name="Text">The value.</param>
/// <param name="Records">Records, one a subject and visit.</param>
public sealed record UndecidedText(string Text, int Records)
{
    /// <summary>Counts values, the most frequent first.</summary>
    internal static IReadOnlyList<UndecidedText> Count(IEnumerable<string> texts) =>
        [.. texts.GroupBy(text => text, StringComparer.Ordinal)
            .Select(group => new UndecidedText(group.Key, group.Count()))
            .OrderByDescending(row => row.Records)
            .ThenBy(row => row.Text, StringComparer.Ordinal)];
}

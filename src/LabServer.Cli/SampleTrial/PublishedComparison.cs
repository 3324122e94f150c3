namespace LabServer.Cli.SampleTrial;

/// <summary>The published adverse-event table beside the server's own.</summary>
/// <param name="Rows">Laboratory rows, in the order published.</param>
/// <param name="NotLaboratory">Published terms that no laboratory result can show.</param>
/// <param name="Further">
/// Terms the server counts that are no row of the published table: rule set, term, counts. A published term that somebody
/// reported by hand is none of them.
/// </param>
internal sealed record PublishedComparison(
    IReadOnlyList<ComparedEvent> Rows,
    IReadOnlyList<string> NotLaboratory,
    IReadOnlyList<(string RuleSet, string Term, EventCounts Ours)> Further)
{
    /// <summary>Compares.</summary>
    /// <param name="published">The published table.</param>
    /// <param name="ours">The server's counts by rule set and term.</param>
    public static PublishedComparison Of(
        IReadOnlyList<PublishedEvent> published,
        IReadOnlyDictionary<(string RuleSet, string Term), EventCounts> ours)
    {
        var rows = published.Where(row => row.RuleSet is not null)
            .Select(row => new ComparedEvent(row, ours.GetValueOrDefault((row.RuleSet!, row.OurTerm!))))
            .ToArray();
        var compared = rows.Select(row => (row.Published.RuleSet!, row.Published.OurTerm!)).ToHashSet();
        var notLaboratory = published.Where(row => row.RuleSet is null).Select(row => row.Term).ToArray();
        var reported = notLaboratory.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new PublishedComparison(
            rows,
            notLaboratory,
            [.. ours.Where(count => !compared.Contains(count.Key) && !reported.Contains(count.Key.Term) && count.Value != default)
                .OrderBy(count => count.Key.RuleSet, StringComparer.Ordinal)
                .ThenBy(count => count.Key.Term, StringComparer.Ordinal)
                .Select(count => (count.Key.RuleSet, count.Key.Term, count.Value))]);
    }
}

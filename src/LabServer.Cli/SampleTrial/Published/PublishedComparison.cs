namespace LabServer.Cli.SampleTrial;

/// <summary>The published adverse-event table beside the server's own.</summary>
/// <param name="Rows">Every published row, in the order published.</param>
/// <param name="Further">Terms the server counts that are no row of the published table.</param>
internal sealed record PublishedComparison(IReadOnlyList<ComparedEvent> Rows, IReadOnlyList<(string Term, EventCounts Ours)> Further)
{
    /// <summary>The rule sets that the trial's table is counted under, together.</summary>
    public static readonly IReadOnlyList<string> RuleSets = ["ctcae-5.0", "nct04288102"];

    /// <summary>
    /// The term of CTCAE 5.0 that is left out: the trial counted raised urate by a term of its own, as grade 1 or 2. By the
    /// letter of CTCAE 5.0 every urate over the upper limit is grade 3 when physiologic consequences are assumed.
    /// </summary>
    public const string LeftOut = "Hyperuricemia";

    /// <summary>Compares.</summary>
    /// <param name="published">The published table.</param>
    /// <param name="any">The server's counts of any event.</param>
    /// <param name="terms">The server's counts by term.</param>
    public static PublishedComparison Of(
        IReadOnlyList<PublishedEvent> published, EventCounts any, IReadOnlyDictionary<string, EventCounts> terms)
    {
        var ours = new Dictionary<string, EventCounts>(terms, StringComparer.OrdinalIgnoreCase);
        ComparedEvent[] rows = [.. published.Select(row => new ComparedEvent(row, row.IsAny ? any : ours.GetValueOrDefault(row.Name)))];
        var known = published.Select(row => row.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new PublishedComparison(
            rows,
            [.. ours.Where(count => !known.Contains(count.Key) && count.Value != default)
                .OrderBy(count => count.Key, StringComparer.Ordinal)
                .Select(count => (count.Key, count.Value))]);
    }
}

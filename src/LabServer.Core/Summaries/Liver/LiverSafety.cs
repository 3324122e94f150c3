namespace LabServer.Core.Summaries;

/// <summary>Liver safety of a study: each subject's point, and counts by quadrant. A pure function of the points.</summary>
/// <param name="Points">One a subject of the safety population, by subject id; also those without a ratio.</param>
/// <param name="Arms">Counts by arm, in the order of the population.</param>
/// <param name="Total">Counts of all.</param>
/// <param name="Strata">The same counts by stratum; empty when not split.</param>
public sealed record LiverSafety(
    IReadOnlyList<LiverPoint> Points, IReadOnlyList<LiverCounts> Arms, LiverCounts Total, IReadOnlyList<LiverStratum> Strata)
{
    /// <summary>Counts.</summary>
    /// <param name="population">Who is counted.</param>
    /// <param name="points">One point a subject of the population, in any order.</param>
    public static LiverSafety Of(Strata population, IEnumerable<LiverPoint> points)
    {
        LiverPoint[] all = [.. points.OrderBy(point => point.Subject.SubjectId, StringComparer.Ordinal)];
        return new LiverSafety(
            all,
            Count(population.Arms, all),
            LiverCounts.Of("", all),
            [.. population.Split.Select(stratum =>
            {
                LiverPoint[] own = [.. all.Where(point => point.Subject.Stratum == stratum.Value)];
                return new LiverStratum(stratum.Value, Count(stratum.Arms, own), LiverCounts.Of("", own));
            })]);
    }

    private static LiverCounts[] Count(IReadOnlyList<ArmSize> arms, LiverPoint[] points)
    {
        var byArm = points.ToLookup(point => point.Subject.Arm, StringComparer.Ordinal);
        return [.. arms.Select(arm => LiverCounts.Of(arm.Arm, [.. byArm[arm.Arm]]))];
    }
}

/// <summary>Counts of one stratum.</summary>
/// <param name="Value">Its value; empty: subjects that have none.</param>
/// <param name="Arms">Counts by arm.</param>
/// <param name="Total">Counts of all.</param>
public sealed record LiverStratum(string Value, IReadOnlyList<LiverCounts> Arms, LiverCounts Total);

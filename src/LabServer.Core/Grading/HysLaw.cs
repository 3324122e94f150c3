namespace LabServer.Core.Grading;

/// <summary>
/// Finds candidates for Hy's law: ALT or AST of at least 3 × ULN after the first dose, with total bilirubin of at least
/// 2 × ULN at most 14 days before or after it. A pure function.
/// </summary>
public static class HysLaw
{
    /// <summary>Days within which the two belong together.</summary>
    public const int Days = 14;

    private const int TransaminaseTimes = 3;
    private const int BilirubinTimes = 2;
    private const int AlpTimes = 2;

    /// <summary>One candidate for each such transaminase result, in the order given.</summary>
    /// <param name="subjectId">USUBJID.</param>
    /// <param name="results">The subject's results, by time.</param>
    public static IEnumerable<HysLawCandidate> Candidates(string subjectId, IReadOnlyList<LiverResult> results)
    {
        var bilirubins = results.Where(result => result.Test == "BILI" && result.IsAtLeast(BilirubinTimes)).ToList();
        if (bilirubins.Count == 0)
        {
            yield break;
        }

        foreach (var transaminase in results.Where(
            result => result.Test is "ALT" or "AST" && result.AfterFirstDose && result.IsAtLeast(TransaminaseTimes)))
        {
            if (Nearest(transaminase, bilirubins) is { } bilirubin)
            {
                var alp = AlpAt(transaminase, results);
                yield return new HysLawCandidate(
                    subjectId, transaminase, bilirubin, DaysApart(transaminase, bilirubin), AnswerOf(alp?.IsUnder(AlpTimes)), alp);
            }
        }
    }

    /// <summary>The ALP nearest to a result, of which its multiple of the upper limit is known; null: none within the days.</summary>
    internal static LiverResult? AlpAt(LiverResult other, IEnumerable<LiverResult> results) =>
        Nearest(other, results.Where(result => result.Test == "ALP" && result.TimesUpperLimit is not null));

    // Of two that are as near the worse one counts.
    private static LiverResult? Nearest(LiverResult transaminase, IEnumerable<LiverResult> others) => others
        .Where(other => LeastApart(transaminase, other) <= Days)
        .OrderBy(other => LeastApart(transaminase, other))
        .ThenByDescending(other => other.TimesUpperLimit)
        .FirstOrDefault();

    // A partial date counts with the day that is nearest: a candidate is better shown than missed.
    private static int LeastApart(LiverResult one, LiverResult other) => Math.Max(
        0, Math.Max(other.FirstDay.DayNumber - one.LastDay.DayNumber, one.FirstDay.DayNumber - other.LastDay.DayNumber));

    private static int? DaysApart(LiverResult one, LiverResult other) => one.FirstDay == one.LastDay && other.FirstDay == other.LastDay
        ? other.FirstDay.DayNumber - one.FirstDay.DayNumber
        : null;

    private static YesNo AnswerOf(bool? answer) => answer switch
    {
        true => YesNo.Yes,
        false => YesNo.No,
        null => YesNo.Unspecified,
    };
}

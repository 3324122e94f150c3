using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>Subjects of an arm, or of all, by quadrant.</summary>
/// <param name="Arm">The arm; empty in a total.</param>
/// <param name="Subjects">The safety population: every subject is in one quadrant or without a ratio.</param>
/// <param name="Normal">Subjects in <see cref="LiverQuadrant.Normal"/>.</param>
/// <param name="Temple">Subjects in <see cref="LiverQuadrant.Temple"/>.</param>
/// <param name="Cholestasis">Subjects in <see cref="LiverQuadrant.Cholestasis"/>.</param>
/// <param name="HysLaw">Subjects in <see cref="LiverQuadrant.HysLaw"/>.</param>
/// <param name="NotMeasurable">Subjects in none, since a peak is missing.</param>
/// <param name="NotMeasurableOverBound">Of these, subjects whose other peak is over its bound.</param>
/// <param name="Candidates">Candidates for Hy's law, whatever their quadrant.</param>
/// <param name="CandidatesWithLowAlp">Candidates of which ALP was certainly under 2 × ULN.</param>
/// <param name="Gaps">
/// Why peaks are missing: subjects by test (<c>TRANSAMINASE</c>, <c>BILIRUBIN</c>) and reason. One that lacks both counts in
/// both.
/// </param>
public sealed record LiverCounts(
    string Arm, int Subjects, int Normal, int Temple, int Cholestasis, int HysLaw, int NotMeasurable, int NotMeasurableOverBound, int Candidates,
    int CandidatesWithLowAlp, IReadOnlyList<LiverGapCount> Gaps)
{
    /// <summary>Counts points.</summary>
    public static LiverCounts Of(string arm, IReadOnlyCollection<LiverPoint> points)
    {
        var quadrants = points.CountBy(point => point.Quadrant ?? 0).ToDictionary();
        return new LiverCounts(
            arm,
            points.Count,
            quadrants.GetValueOrDefault(LiverQuadrant.Normal),
            quadrants.GetValueOrDefault(LiverQuadrant.Temple),
            quadrants.GetValueOrDefault(LiverQuadrant.Cholestasis),
            quadrants.GetValueOrDefault(LiverQuadrant.HysLaw),
            quadrants.GetValueOrDefault((LiverQuadrant)0),
            points.Count(point => point is { Quadrant: null, IsOverBound: true }),
            points.Count(point => point.IsCandidate),
            points.Count(point => point is { IsCandidate: true, AlpUnderTwice: YesNo.Yes }),
            [.. points
                .SelectMany(point => new[] { ("TRANSAMINASE", point.Transaminase), ("BILIRUBIN", point.Bilirubin) })
                .Where(entry => entry.Item2.Peak is null)
                .CountBy(entry => (Test: entry.Item1, entry.Item2.Gap))
                .OrderByDescending(count => count.Key.Test, StringComparer.Ordinal).ThenBy(count => count.Key.Gap)
                .Select(count => new LiverGapCount(count.Key.Test, count.Key.Gap, count.Value))]);
    }
}

/// <summary>Subjects without a peak, for one reason.</summary>
/// <param name="Test"><c>TRANSAMINASE</c> or <c>BILIRUBIN</c>.</param>
/// <param name="Gap">Reason.</param>
/// <param name="Subjects">Subjects.</param>
public sealed record LiverGapCount(string Test, PeakGap Gap, int Subjects);

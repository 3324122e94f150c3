using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Grading;

/// <summary>The ranges in force beside the newest ones, and what is to be said of a result by them.</summary>
internal sealed class RangesOfStudy(StudyRanges inForce, StudyRanges newest, IReadOnlyDictionary<long, LaboratoryVersions> versions)
{
    /// <summary>
    /// Every reason that a result gives, with the range it is about. A result without a number gives none, and neither
    /// does one that no laboratory sent.
    /// </summary>
    public IEnumerable<(OutdatedReason Reason, LaboratoryRange? Range)> Reasons(Observation observation, SeriesSubject subject, TestDefinition test)
    {
        if (observation.Value is null || !versions.ContainsKey(observation.LaboratoryKey))
        {
            yield break;
        }

        var found = inForce.Find(observation, subject, test);
        if (!observation.Range.IsEmpty)
        {
            if (found?.In(test, observation.Unit) is { } limits && !SameNumbers(observation.Range, limits))
            {
                yield return (OutdatedReason.Differs, found);
            }

            yield break;
        }

        var next = HasNewer(observation.LaboratoryKey) ? newest.Find(observation, subject, test) : found;
        if (!SameLimits(found?.In(test, observation.Unit), next?.In(test, observation.Unit)))
        {
            yield return (OutdatedReason.NotApplied, next);
        }

        if (found is not null)
        {
            yield break;
        }

        var ranges = inForce.Of(observation.LaboratoryKey, test);
        if (ranges.Count > 0)
        {
            var ended = Ended(ranges, observation, subject);
            yield return (ended is null ? OutdatedReason.NotCovered : OutdatedReason.Expired, ended);
        }
        else if (next is null)
        {
            yield return (HasNewer(observation.LaboratoryKey) && newest.Of(observation.LaboratoryKey, test).Count > 0
                ? OutdatedReason.NotCovered
                : OutdatedReason.None, null);
        }
    }

    private bool HasNewer(long laboratoryKey) => versions[laboratoryKey].Newest > versions[laboratoryKey].InForce;

    // Of the ranges that would be for the result if they still held, the one that ended last; null when one of them has
    // not ended by then, so that something else is the matter.
    private static LaboratoryRange? Ended(IReadOnlyList<LaboratoryRange> ranges, Observation observation, SeriesSubject subject)
    {
        var collected = SeriesSubject.Days(observation.CollectedAt, subject.Zone);
        var meant = ranges
            .Where(range => range.Method.Length == 0 || range.IsForMethod(observation.Method))
            .Where(range => RangeConditions.HoldForSubject(range, subject, collected).IsTrue)
            .ToList();
        return meant.TrueForAll(range => range.EffectiveTo is { } to && collected is { } days && days.First >= to)
            ? meant.MaxBy(range => range.EffectiveTo)
            : null;
    }

    // Limits that come with a result cannot say whether they are normal themselves.
    private static bool SameNumbers(ReferenceRange one, ReferenceRange other) => Same(one.Low, other.Low) && Same(one.High, other.High);

    private static bool SameLimits(ReferenceRange? one, ReferenceRange? other) =>
        one is null || other is null
            ? one is null && other is null
            : SameNumbers(one.Value, other.Value)
                && one.Value.LowExclusive == other.Value.LowExclusive && one.Value.HighExclusive == other.Value.HighExclusive;

    private static bool Same(double? one, double? other) =>
        one is { } a && other is { } b ? FifteenDigits.Compare(a, b) == 0 : one is null && other is null;
}

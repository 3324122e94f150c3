using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>
/// One set of ranges of each laboratory of a study, such as those in force, and which of them a result is judged by. What
/// is not certain, because a sex is missing or a date partial, gives no range: it is never guessed.
/// </summary>
public sealed class StudyRanges
{
    private readonly Dictionary<(long LaboratoryKey, string Test), LaboratoryRange[]> _ranges;

    /// <summary>The ranges by laboratory.</summary>
    /// <param name="ranges">Checked ranges, of which no two of a laboratory overlap.</param>
    public StudyRanges(IEnumerable<(long LaboratoryKey, LaboratoryRange Range)> ranges) =>
        _ranges = ranges.GroupBy(entry => (entry.LaboratoryKey, entry.Range.Test), entry => entry.Range)
            .ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>No ranges at all.</summary>
    public static StudyRanges None { get; } = new([]);

    /// <summary>What tells one state of the study's ranges from another; 0: none was ever applied.</summary>
    internal long State { get; init; }

    /// <summary>The ranges of a laboratory and test, whomever they are for.</summary>
    public IReadOnlyList<LaboratoryRange> Of(long laboratoryKey, TestDefinition test) =>
        _ranges.TryGetValue((laboratoryKey, test.Key), out var found) ? found : [];

    /// <summary>Whether any laboratory has a range for the test.</summary>
    internal bool HasAny(TestDefinition test) => _ranges.Keys.Any(key => key.Test == test.Key);

    /// <summary>
    /// The observation with the limits it is judged by. Limits sent with it win, also one alone: nothing of the
    /// laboratory's is then mixed in.
    /// </summary>
    public Observation Settle(in Observation observation, SeriesSubject subject, TestDefinition test)
    {
        if (!observation.Range.IsEmpty)
        {
            return observation;
        }

        return Find(observation, subject, test) is { } found && found.In(test, observation.Unit) is { } limits
            ? observation with
            {
                LowerLimit = limits.Low,
                UpperLimit = limits.High,
                LowerExclusive = limits.LowExclusive,
                UpperExclusive = limits.HighExclusive,
                RangeSource = RangeSource.Laboratory,
                RangeKey = found.RangeKey,
            }
            : observation;
    }

    /// <summary>
    /// The laboratory's range for the observation, whether or not it came with limits: one that names its method before
    /// one for any method. Null: there is none, or it is not certain which.
    /// </summary>
    public LaboratoryRange? Find(in Observation observation, SeriesSubject subject, TestDefinition test)
    {
        var ranges = Of(observation.LaboratoryKey, test);
        if (ranges.Count == 0)
        {
            return null;
        }

        var method = observation.Method;
        var collected = SeriesSubject.Days(observation.CollectedAt, subject.Zone);
        var (byMethod, isCertain) = Choose(ranges.Where(range => range.Method.Length > 0 && range.IsForMethod(method)), subject, collected);
        return byMethod is not null || !isCertain
            ? byMethod
            : Choose(ranges.Where(range => range.Method.Length == 0), subject, collected).Range;
    }

    // Of ranges that do not overlap at most one is for the result on each day and age it may mean. The answer is the one
    // that is for it on all of them.
    private static (LaboratoryRange? Range, bool IsCertain) Choose(
        IEnumerable<LaboratoryRange> ranges, SeriesSubject subject, (DateOnly First, DateOnly Last)? collected)
    {
        var isCertain = true;
        foreach (var range in ranges)
        {
            var holds = RangeConditions.Hold(range, subject, collected);
            if (holds.IsTrue)
            {
                return (range, true);
            }

            isCertain &= holds.IsFalse;
        }

        return (null, isCertain);
    }
}

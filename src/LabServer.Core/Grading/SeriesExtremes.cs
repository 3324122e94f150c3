using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>
/// What tables of extremes ask of a series of a dosed subject, so that they need not read it: where it stood at baseline,
/// and the worst it reached from the first dose on. A result that may lie on either side counts as after the dose.
/// </summary>
public sealed record SeriesExtremes
{
    /// <summary>
    /// Range indicator of the baseline record. Not gradable also where there are results up to the first dose and none can
    /// be a baseline.
    /// </summary>
    public required ShiftCategory Baseline { get; init; }

    /// <summary>The lowest range indicator from the first dose on: low where anything was low.</summary>
    public required ShiftCategory Lowest { get; init; }

    /// <summary>The highest range indicator from the first dose on: high where anything was high.</summary>
    public required ShiftCategory Highest { get; init; }

    /// <summary>Highest multiple of the upper limit of the result itself; null: see <see cref="Gap"/>.</summary>
    public SeriesPeak? TimesUpperLimit { get; init; }

    /// <summary>Why there is no <see cref="TimesUpperLimit"/>.</summary>
    public required PeakGap Gap { get; init; }

    /// <summary>Highest multiple of the baseline; null: no baseline over 0, or no exact value after it.</summary>
    public SeriesPeak? TimesBaseline { get; init; }

    /// <summary>One entry a term that looks at the test.</summary>
    public required IReadOnlyList<TermExtreme> Terms { get; init; }

    /// <summary>The extremes of a graded series; null: the subject was not dosed, or there is no result.</summary>
    public static SeriesExtremes? Of(IReadOnlyList<Observation> series, SeriesGrades grades, TestDefinition test)
    {
        var timing = grades.Timing;
        if (series.Count == 0 || timing[0] is null)
        {
            return null;
        }

        var (before, lowest, highest) = (ShiftCategory.Missing, ShiftCategory.Missing, ShiftCategory.Missing);
        var gap = PeakGap.NoResult;
        SeriesPeak? uln = null, times = null;
        for (var i = 0; i < series.Count; i++)
        {
            if (timing[i] == BaselineOrder.AtOrBefore)
            {
                before = ShiftCategory.NotGradable;
                continue;
            }

            var observation = series[i];
            var category = ShiftCategories.Of(observation.Barred is null ? observation.Indicator : null);
            (lowest, highest) = (Lower(lowest, category), Higher(highest, category));
            gap = Worse(gap, GapOf(observation));
            uln = Peak(uln, observation, observation.UpperLimit);
            if (grades.BaselineIndex is { } at && observation.Qualifier == ValueQualifier.None)
            {
                times = Peak(times, observation, SeriesGrader.BaselineIn(observation.Unit, series[at], test));
            }
        }

        return new SeriesExtremes
        {
            Baseline = grades.BaselineIndex is { } record ? ShiftCategories.Of(series[record].Indicator) : before,
            Lowest = lowest,
            Highest = highest,
            TimesUpperLimit = uln,
            Gap = uln is null ? gap : PeakGap.None,
            TimesBaseline = times,
            Terms = [.. grades.Terms.Select(term => TermExtreme.Of(term, grades.BaselineIndex, timing))],
        };
    }

    // Of categories that tell something the lower; else the one that says more.
    private static ShiftCategory Lower(ShiftCategory one, ShiftCategory other) => one < other ? one : other;

    private static ShiftCategory Higher(ShiftCategory one, ShiftCategory other) =>
        one >= ShiftCategory.NotGradable || other >= ShiftCategory.NotGradable ? Lower(one, other) : one > other ? one : other;

    private static PeakGap Worse(PeakGap one, PeakGap other) => one > other ? one : other;

    private static PeakGap GapOf(in Observation observation) => observation.Barred is not null ? PeakGap.NotGradable
        : IsUpperBound(observation.Qualifier) ? PeakGap.BoundOnly
        : PeakGap.NoUpperLimit;

    private static bool IsUpperBound(ValueQualifier qualifier) => qualifier is ValueQualifier.Less or ValueQualifier.LessOrEqual;

    private static SeriesPeak? Peak(SeriesPeak? highest, in Observation observation, double? unit)
    {
        if (observation is not { Barred: null, Value: { } value } || IsUpperBound(observation.Qualifier) || unit is not > 0)
        {
            return highest;
        }

        var times = value / unit.Value;
        return highest is { } known && FifteenDigits.Compare(times, known.Times) <= 0
            ? highest
            : new SeriesPeak(times, observation.Qualifier != ValueQualifier.None, observation.ResultKey, observation.CollectedAt);
    }
}

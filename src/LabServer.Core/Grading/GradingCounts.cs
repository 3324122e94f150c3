namespace LabServer.Core.Grading;

/// <summary>What a grading run has done so far.</summary>
/// <param name="Results">Results put into their series, derived ones included.</param>
/// <param name="SeriesTotal">Series that the run is to grade, as far as known.</param>
/// <param name="Series">Series graded.</param>
/// <param name="Grades">Grades computed.</param>
/// <param name="Events">Events found.</param>
/// <param name="Differences">Grades and events that differ from what was stored before, new ones included.</param>
public readonly record struct GradingCounts(long Results, long SeriesTotal, long Series, long Grades, long Events, long Differences)
{
    /// <summary>The sum of two.</summary>
    public static GradingCounts operator +(GradingCounts a, GradingCounts b) => new(
        a.Results + b.Results,
        a.SeriesTotal + b.SeriesTotal,
        a.Series + b.Series,
        a.Grades + b.Grades,
        a.Events + b.Events,
        a.Differences + b.Differences);
}

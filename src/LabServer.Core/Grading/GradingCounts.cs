namespace LabServer.Core.Grading;

/// <summary>What a run of a job has done so far: a grading run counts what it grades, any other the steps of its work.</summary>
/// <param name="Results">Results put into their series, derived ones included.</param>
/// <param name="SeriesTotal">Series that the run is to grade, as far as known.</param>
/// <param name="Series">Series graded.</param>
/// <param name="Grades">Grades computed.</param>
/// <param name="Events">Events found.</param>
/// <param name="Differences">Grades and events that differ from what was stored before, new ones included.</param>
/// <param name="Steps">Steps done; 0 for a grading run.</param>
/// <param name="StepsTotal">Steps there are; 0 for a grading run.</param>
public readonly record struct GradingCounts(
    long Results, long SeriesTotal, long Series, long Grades, long Events, long Differences, long Steps = 0, long StepsTotal = 0)
{
    /// <summary>The sum of two.</summary>
    public static GradingCounts operator +(GradingCounts a, GradingCounts b) => new(
        a.Results + b.Results,
        a.SeriesTotal + b.SeriesTotal,
        a.Series + b.Series,
        a.Grades + b.Grades,
        a.Events + b.Events,
        a.Differences + b.Differences,
        a.Steps + b.Steps,
        a.StepsTotal + b.StepsTotal);
}

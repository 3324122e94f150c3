namespace LabServer.Core.Grading;

/// <summary>A series graded under the terms that look at it.</summary>
/// <param name="BaselineIndex">Position of the baseline record (ABLFL); null when the series has none.</param>
/// <param name="Terms">One entry a term, in the order given.</param>
public sealed record SeriesGrades(int? BaselineIndex, IReadOnlyList<TermGrades> Terms)
{
    /// <summary>Where each observation lies against the first dose; null: the subject was not dosed.</summary>
    internal IReadOnlyList<BaselineOrder?> Timing { get; init; } = [];
}

/// <summary>A series graded under one term.</summary>
/// <param name="Term">The term.</param>
/// <param name="Inputs">What was put into the rules, one entry an observation.</param>
/// <param name="Outcomes">
/// One entry an observation. <see cref="NotGradableReason.NotEvaluated"/>: the term does not look at that specimen
/// (fasting), and the result has no grade under it.
/// </param>
/// <param name="Events">Adverse events, by onset.</param>
public sealed record TermGrades(
    Term Term, IReadOnlyList<GradeInput> Inputs, IReadOnlyList<GradeOutcome> Outcomes, IReadOnlyList<SeriesEvent> Events)
{
    /// <summary>Whether the term looks at the observation at <paramref name="index"/>.</summary>
    public bool Covers(int index) => IsGrade(Outcomes[index]);

    internal static bool IsGrade(GradeOutcome outcome) => outcome.Reason != NotGradableReason.NotEvaluated;
}

/// <summary>A run of results with a grade of 1 or more that is worse than at baseline, from first dose on.</summary>
/// <param name="Members">Positions of the results of the run, in time order.</param>
/// <param name="EndIndex">Position of the first gradable result after the run; null: ongoing.</param>
/// <param name="BaselineGrade">Grade of the baseline record; null: no baseline, or not gradable.</param>
/// <param name="WorstGrade">Highest grade of the run.</param>
public sealed record SeriesEvent(IReadOnlyList<int> Members, int? EndIndex, int? BaselineGrade, int WorstGrade);

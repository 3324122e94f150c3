using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>Adverse events by arm, term and worst grade: each subject counts once a term.</summary>
/// <param name="Arms">Arms with their safety population, in the study's order.</param>
/// <param name="Terms">Terms with an event, by number of subjects, then by name.</param>
/// <param name="Any">Subjects with any event by worst grade over all terms; one entry an arm.</param>
/// <param name="NotGradable">Results that could not be graded, by reason.</param>
public sealed record IncidenceTable(
    IReadOnlyList<ArmSize> Arms,
    IReadOnlyList<TermIncidence> Terms,
    IReadOnlyList<GradeCounts> Any,
    IReadOnlyList<NotGradableCount> NotGradable)
{
    /// <summary>Counts subjects.</summary>
    /// <param name="arms">Arms in the order of the table.</param>
    /// <param name="worst">Grades of subjects under the terms in which they have an event; the worst of each counts.</param>
    /// <param name="notGradable">Results that could not be graded, by reason.</param>
    public static IncidenceTable Of(
        IReadOnlyList<ArmSize> arms, IReadOnlyList<SubjectWorstGrade> worst, IReadOnlyList<NotGradableCount> notGradable)
    {
        var terms = worst
            .GroupBy(row => row.Term)
            .Select(group => new TermIncidence(group.Key, Count(arms, Worst(group))))
            .OrderByDescending(row => row.Arms.Sum(counts => counts.Any))
            .ThenBy(row => row.Term.Name, StringComparer.Ordinal);
        return new IncidenceTable(arms, [.. terms], Count(arms, Worst(worst)), notGradable);
    }

    private static IEnumerable<SubjectWorstGrade> Worst(IEnumerable<SubjectWorstGrade> rows) =>
        rows.GroupBy(row => row.SubjectKey).Select(group => group.MaxBy(row => row.WorstGrade)!);

    private static GradeCounts[] Count(IReadOnlyList<ArmSize> arms, IEnumerable<SubjectWorstGrade> subjects)
    {
        var byArm = subjects.ToLookup(row => row.Arm, StringComparer.Ordinal);
        return [.. arms.Select(arm => GradeCounts.Of(arm.Arm, byArm[arm.Arm].Select(row => row.WorstGrade)))];
    }
}

/// <summary>An arm and its denominator.</summary>
/// <param name="Arm">Treatment received; empty: dosed, and no arm is known.</param>
/// <param name="Subjects">Subjects with a first dose (safety population).</param>
public sealed record ArmSize(string Arm, long Subjects);

/// <summary>Incidence of one term.</summary>
/// <param name="Term">The term.</param>
/// <param name="Arms">One entry an arm.</param>
public sealed record TermIncidence(EventTerm Term, IReadOnlyList<GradeCounts> Arms);

/// <summary>The worst grade of one subject under one term.</summary>
/// <param name="Term">The term.</param>
/// <param name="Arm">The subject's arm.</param>
/// <param name="SubjectKey">The subject.</param>
/// <param name="WorstGrade">1 to 5.</param>
public sealed record SubjectWorstGrade(EventTerm Term, string Arm, long SubjectKey, int WorstGrade);

/// <summary>Results that could not be graded.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Results">Results times terms.</param>
public sealed record NotGradableCount(NotGradableReason Reason, long Results);

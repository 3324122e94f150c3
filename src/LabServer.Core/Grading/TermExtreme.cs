namespace LabServer.Core.Grading;

/// <summary>A series under one term: grade at baseline, and the worst from the first dose on.</summary>
/// <param name="Term">The term.</param>
/// <param name="Baseline">
/// Of the baseline record. Not gradable also where there are results up to the first dose and none can be a baseline.
/// </param>
/// <param name="Worst">The worst of those that can be graded; not gradable: none of them can.</param>
public sealed record TermExtreme(Term Term, ShiftCategory Baseline, ShiftCategory Worst)
{
    /// <summary>The extremes of a graded series.</summary>
    internal static TermExtreme Of(TermGrades term, int? baselineIndex, IReadOnlyList<BaselineOrder?> timing)
    {
        var (before, worst) = (ShiftCategory.Missing, ShiftCategory.Missing);
        for (var i = 0; i < timing.Count; i++)
        {
            if (!term.Covers(i))
            {
                continue;
            }

            if (timing[i] == BaselineOrder.AtOrBefore)
            {
                before = ShiftCategory.NotGradable;
            }
            else if (term.Outcomes[i].Grade is { } grade)
            {
                worst = worst <= ShiftCategory.Grade4 && worst >= (ShiftCategory)grade ? worst : (ShiftCategory)grade;
            }
            else if (worst == ShiftCategory.Missing)
            {
                worst = ShiftCategory.NotGradable;
            }
        }

        var baseline = baselineIndex is { } index && term.Covers(index) ? ShiftCategories.Of(term.Outcomes[index].Grade) : before;
        return new TermExtreme(term.Term, baseline, worst);
    }
}

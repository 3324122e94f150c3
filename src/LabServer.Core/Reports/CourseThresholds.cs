using LabServer.Core.Grading;

namespace LabServer.Core.Reports;

/// <summary>Where the grades of a criterion begin, for one result with its limits and its baseline. A pure function.</summary>
internal static class CourseThresholds
{
    /// <summary>
    /// The beginning of each grade that a value decides, in the unit of the result, by grade; without those that need a
    /// limit or a baseline that is not known, or whose rule asks for something else than the value.
    /// </summary>
    public static IReadOnlyList<ReportThreshold> Of(Term term, Criterion criterion, in GradeInput input)
    {
        if (term.FactorTo(criterion, input.Unit) is not { } factor || factor == 0)
        {
            return [];
        }

        var context = new GradeContext(input, new UnitFactor((double)factor, factor), criterion.AsksBaselineState);
        var found = new List<ReportThreshold>();
        foreach (var rule in criterion.Grades.Where(rule => rule.Basis == GradeBasis.Value))
        {
            double? first = null;
            foreach (var alternative in rule.Alternatives)
            {
                if (Begin(alternative, term.Direction, context, factor) is { } begin
                    && (first is null || (term.Direction == ToxicityDirection.High ? begin < first : begin > first)))
                {
                    first = begin;
                }
            }

            if (first is { } value)
            {
                found.Add(new ReportThreshold(rule.Grade, value));
            }
        }

        return found;
    }

    // Of several bounds of one alternative the last one that a rising (falling) value meets.
    private static double? Begin(Alternative alternative, ToxicityDirection direction, in GradeContext context, decimal factor)
    {
        double? begin = null;
        foreach (var condition in alternative.Conditions)
        {
            if (condition is not ValueCondition value)
            {
                if (!condition.Evaluate(context).IsTrue)
                {
                    return null;
                }

                continue;
            }

            var rises = value.Is is Comparison.Above or Comparison.AtLeast;
            if (rises != (direction == ToxicityDirection.High))
            {
                continue;
            }

            if (Number(value.Than, context, factor) is not { } number)
            {
                return null;
            }

            begin = begin is not { } other ? number : rises ? Math.Max(other, number) : Math.Min(other, number);
        }

        return begin;
    }

    private static double? Number(Threshold threshold, in GradeContext context, decimal factor)
    {
        if (threshold.Basis == ThresholdBasis.Absolute)
        {
            return (double)(((threshold.Times * threshold.Number) + threshold.Plus) / factor);
        }

        var reference = context.Reference(threshold.Basis);
        return double.IsNaN(reference) ? null : (reference * (double)threshold.Times) + (double)(threshold.Plus / factor);
    }
}

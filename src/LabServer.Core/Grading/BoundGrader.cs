using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>
/// Grades a result of which only a bound is known (<c>&lt;0.5</c>, <c>&gt;=1000</c>): as every value it allows would be.
/// One grade for all is the grade; several, none of them 0, are <em>at least</em> the least of them; else the result is not
/// gradable. A grade only changes at a threshold of the criterion, so one value from each stretch between them, and
/// the thresholds themselves, stand for all.
/// </summary>
internal static class BoundGrader
{
    public static GradeOutcome Grade(Criterion criterion, in GradeInput input, UnitFactor factor)
    {
        GradeOutcome? least = null;
        GradeOutcome? notGradable = null;
        var several = false;
        foreach (var value in Values(criterion, input, factor))
        {
            var outcome = Grader.Grade(criterion, new GradeContext(input with { Value = value }, factor, criterion.AsksBaselineState));
            if (outcome.Grade is not { } grade)
            {
                // What is missing says more than that the bound alone does not decide.
                notGradable = notGradable is null || notGradable.Value.Reason == NotGradableReason.NotGraded ? outcome : notGradable;
                several |= least is not null;
            }
            else
            {
                several |= notGradable is not null || (least is { } before && before.Grade != grade);
                least = least is { } lower && lower.Grade <= grade ? least : outcome;
            }
        }

        if (notGradable is { } reason)
        {
            return several && reason.Reason == NotGradableReason.NotGraded
                ? GradeOutcome.NotGradable(NotGradableReason.BoundUndecided, criterion)
                : reason;
        }

        return !several ? least!.Value
            : least!.Value.Grade > 0 ? GradeOutcome.AtLeast(least.Value)
            : GradeOutcome.NotGradable(NotGradableReason.BoundUndecided, criterion);
    }

    private static List<double> Values(Criterion criterion, in GradeInput input, UnitFactor factor)
    {
        var bound = input.Value!.Value;
        var upwards = input.Qualifier is ValueQualifier.Greater or ValueQualifier.GreaterOrEqual;
        var beyond = Thresholds(criterion, input, factor)
            .Where(threshold => double.IsFinite(threshold) && FifteenDigits.Compare(threshold, bound) is var order && (upwards ? order > 0 : order < 0))
            .Order()
            .ToList();
        if (!upwards)
        {
            beyond.Reverse();
        }

        var values = new List<double>();
        if (input.Qualifier is ValueQualifier.LessOrEqual or ValueQualifier.GreaterOrEqual)
        {
            values.Add(bound);
        }

        var last = bound;
        foreach (var threshold in beyond)
        {
            if (FifteenDigits.Compare(threshold, last) == 0)
            {
                continue;
            }

            values.Add(last + ((threshold - last) / 2));
            values.Add(threshold);
            last = threshold;
        }

        // Beyond the last threshold; no quantity is under 0 when its bound is not.
        values.Add(upwards ? last + Math.Abs(last) + 1 : last > 0 ? last / 2 : last - Math.Abs(last) - 1);
        return values;
    }

    // In the unit of the result.
    private static IEnumerable<double> Thresholds(Criterion criterion, GradeInput input, UnitFactor factor)
    {
        var conditions = criterion.FromWorst.SelectMany(rule => rule.When).Concat(criterion.NotGraded?.When ?? []).SelectMany(alternative => alternative.Conditions);
        foreach (var condition in conditions)
        {
            if (condition is ValueCondition { Than: { } than })
            {
                yield return than.Basis == ThresholdBasis.Absolute
                    ? than.AbsoluteAsDouble / factor.AsDouble
                    : (Reference(input, than.Basis) * than.TimesAsDouble) + (than.PlusAsDouble / factor.AsDouble);
            }
            else if (condition is PercentChangeCondition change && input.Baseline is { } baseline)
            {
                yield return baseline + (Math.Abs(baseline) * (double)change.Percent / 100);
            }
        }
    }

    private static double Reference(in GradeInput input, ThresholdBasis basis) => basis switch
    {
        ThresholdBasis.UpperLimit => input.UpperLimit,
        ThresholdBasis.LowerLimit => input.LowerLimit,
        _ => input.Baseline,
    } ?? double.NaN;
}

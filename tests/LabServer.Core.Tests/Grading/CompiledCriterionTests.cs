using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

/// <summary>Rules made quick to decide against the same rules one by one: for every criterion, at and around every bound of it.</summary>
public class CompiledCriterionTests
{
    // From what a bound itself is told by, over what only its digits tell, to what is plainly beside it.
    private static readonly double[] Beside = [0, 1e-16, 1e-14, 1e-13, 1e-12, 1e-11, 1e-6, 0.01, 0.3];
    private static readonly double?[] Limits = [null, 0.9, 12.3, -1];
    private static readonly double?[] Baselines = [null, 0, 0.7, 11.1, 33.3];
    private static readonly RangeIndicator?[] Indicators = [null, RangeIndicator.Low, RangeIndicator.Normal, RangeIndicator.High];

    private static readonly UnitFactor[] Factors = [UnitFactor.One, new(88.42, 88.42m), new(0.0113, 0.0113m)];

    public static TheoryData<string> RuleSetIds => [.. RuleSets.All.Select(set => set.Id)];

    [Theory]
    [MemberData(nameof(RuleSetIds))]
    public void Grade_AroundEveryBound_IsThatOfTheRulesOneByOne(string ruleSetId)
    {
        var (quick, all) = (0L, 0L);
        foreach (var criterion in RuleSets.Find(ruleSetId)!.Terms.SelectMany(term => term.Criteria))
        {
            foreach (var (input, factor) in Inputs(criterion))
            {
                var context = new GradeContext(input, factor, criterion.AsksBaselineState);
                var expected = Grader.GradeByRules(criterion, context);
                var found = Grader.Grade(criterion, context);
                Assert.True(expected == found, $"{criterion}: {input} times {factor.Exact} is {found} and should be {expected}.");
                all++;
                quick += criterion.Compiled?.TryGrade(context, out _) == true ? 1 : 0;
            }
        }

        // Else there would be nothing that was compared.
        Assert.True(quick > all / 10, $"{ruleSetId}: only {quick} of {all} were decided quickly.");
    }

    private static IEnumerable<(GradeInput Input, UnitFactor Factor)> Inputs(Criterion criterion) =>
        from factor in criterion.Unit is null ? [UnitFactor.One] : Factors
        from lower in Limits
        from upper in Limits
        from baseline in Baselines
        from indicator in criterion.AsksBaselineState ? Indicators : [null]
        let limits = new GradeInput { LowerLimit = lower, UpperLimit = upper, Baseline = baseline, BaselineIndicator = indicator }
        from value in Values(criterion, limits, factor)
        select (limits with { Value = value }, factor);

    private static IEnumerable<double> Values(Criterion criterion, GradeInput limits, UnitFactor factor) =>
        criterion.FromWorst.SelectMany(rule => rule.When).SelectMany(alternative => alternative.Conditions).OfType<ValueCondition>()
            .Select(condition => At(condition.Than, limits, factor))
            .Distinct()
            .SelectMany(bound => Beside.SelectMany(beside => (double[])[bound * (1 + beside), bound * (1 - beside)]));

    private static double At(Threshold than, GradeInput limits, UnitFactor factor)
    {
        var limit = than.Basis switch
        {
            ThresholdBasis.LowerLimit => limits.LowerLimit,
            ThresholdBasis.UpperLimit => limits.UpperLimit,
            _ => limits.Baseline,
        };
        return than.Basis == ThresholdBasis.Absolute
            ? than.AbsoluteAsDouble / factor.AsDouble
            : ((limit ?? 5) * than.TimesAsDouble) + (than.PlusAsDouble / factor.AsDouble);
    }
}

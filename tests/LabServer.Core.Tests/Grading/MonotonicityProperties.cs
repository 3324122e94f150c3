using FsCheck;
using FsCheck.Fluent;
using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

/// <summary>A worse value never has a better grade.</summary>
public class MonotonicityProperties
{
    [Theory]
    [InlineData("ctcae-4.03")]
    [InlineData("ctcae-5.0")]
    [InlineData("ctcae-6.0")]
    [InlineData("daids-2.1")]
    [InlineData("nct04288102")]
    public void Grade_OfAWorseValue_IsNeverLower(string id)
    {
        var criteria = RuleSets.Find(id)!.Terms.SelectMany(t => t.Criteria.Select(c => (Term: t, Criterion: c))).ToArray();
        var cases = from rules in Gen.Elements(criteria)
                    from a in Gen.Choose(1, 100_000)
                    from b in Gen.Choose(1, 100_000)
                    from size in Gen.Elements(0.001, 0.01, 0.1, 1.0)
                    from limit in Gen.Choose(1, 20_000)
                    from baseline in Gen.Choose(1, 20_000)
                    from indicator in Gen.Elements<RangeIndicator?>(RangeIndicator.High, RangeIndicator.Normal, null)
                    from facts in Gen.Elements(GradeFacts.None, GradeFacts.OnAnticoagulation)
                    let subject = SubjectOf(rules.Criterion)
                    select (rules.Term, rules.Criterion, Low: Math.Min(a, b) * size, High: Math.Max(a, b) * size, Input: new GradeInput
                    {
                        Unit = rules.Criterion.Unit,
                        LowerLimit = limit * size,
                        UpperLimit = limit * size,
                        Baseline = baseline * size,
                        BaselineIndicator = indicator,
                        Facts = facts,
                        Sex = subject.Sex,
                        BirthDate = subject.BirthDate,
                        CollectedOn = subject.CollectedOn,
                    });

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var low = Grader.Grade(c.Term, c.Input with { Value = c.Low }).Grade;
            var high = Grader.Grade(c.Term, c.Input with { Value = c.High }).Grade;

            // What the source leaves ungraded has no grade to compare.
            if (low is null || high is null)
            {
                return true;
            }

            // A range that starts at the limit of a subject and ends at a fixed number is empty where the limit lies
            // beyond that number; between the two nothing is abnormal by the subject's own range.
            var isBeyond = c.Criterion.FromWorst.SelectMany(r => r.When).Any(a => StartsAtLimitAndEndsAtNumber(a, c.Term, c.Input));
            return isBeyond || (c.Term.Direction == ToxicityDirection.High ? high >= low : low >= high);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    // Somebody whom the criterion is for.
    private static GradeInput SubjectOf(Criterion criterion)
    {
        var birth = new DateOnly(2000, 1, 1);
        return Enumerable.Range(0, 1_000).Select(step => step < 100 ? step : step * 10)
            .SelectMany(day => new[] { Sex.Male, Sex.Female }.Select(sex => new GradeInput { BirthDate = birth, CollectedOn = birth.AddDays(day), Sex = sex }))
            .First(subject => criterion.Population is null || criterion.Population.Holds(subject).IsTrue);
    }

    private static bool StartsAtLimitAndEndsAtNumber(Alternative alternative, Term term, GradeInput input)
    {
        var bounds = alternative.Conditions.OfType<ValueCondition>().ToList();
        var number = bounds.Find(b => b.Than.Basis == ThresholdBasis.Absolute)?.Than.AbsoluteAsDouble;
        var isFromLimit = bounds.Exists(b => b.Than.Basis != ThresholdBasis.Absolute);
        return isFromLimit && number is not null
            && (term.Direction == ToxicityDirection.High ? input.UpperLimit >= number : input.LowerLimit <= number);
    }
}

using System.Globalization;
using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

/// <summary>Every rule of the published sets, both sides of every bound and each missing input, against tables made from the published criteria.</summary>
public class BoundaryTests
{
    [Theory]
    [InlineData("ctcae-4.03@1")]
    [InlineData("ctcae-4.03@2")]
    [InlineData("ctcae-5.0@1")]
    [InlineData("ctcae-5.0@2")]
    [InlineData("ctcae-6.0")]
    [InlineData("daids-2.1")]
    [InlineData("nct04288102")]
    public void Grade_EveryRowOfTheTable_IsAsExpected(string id)
    {
        var ruleSet = RuleSets.Find(id)!;

        var wrong = BoundaryTable.Read(ruleSet)
            .Select(row => (Row: row, Outcome: Grader.Grade(ruleSet.Find(row.Term)!, row.Input)))
            .Where(r => (r.Outcome.Grade?.ToString(CultureInfo.InvariantCulture) ?? string.Empty) != r.Row.ExpectedGrade || (r.Outcome.Reason?.Word() ?? string.Empty) != r.Row.ExpectedReason)
            .Select(r => $"{r.Row}: expected {r.Row.ExpectedGrade}{r.Row.ExpectedReason}, got {r.Outcome}")
            .ToList();

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("ctcae-4.03@1")]
    [InlineData("ctcae-4.03@2")]
    [InlineData("ctcae-5.0@1")]
    [InlineData("ctcae-5.0@2")]
    [InlineData("ctcae-6.0")]
    [InlineData("daids-2.1")]
    [InlineData("nct04288102")]
    public void Table_EveryGradeOfEveryCriterion_IsReached(string id)
    {
        var ruleSet = RuleSets.Find(id)!;
        var reached = BoundaryTable.Read(ruleSet)
            .Select(row => Grader.Grade(ruleSet.Find(row.Term)!, row.Input))
            .Where(outcome => outcome.IsGradable)
            .Select(outcome => (outcome.CriterionId!, outcome.Grade, outcome.Alternative))
            .ToHashSet();

        var missed = ruleSet.Terms.SelectMany(t => t.Criteria)
            .SelectMany(c => c.FromWorst.SelectMany(r => r.When.Select((_, i) => (c.Id, (int?)r.Grade, (int?)i))).Append((c.Id, 0, null)))
            .Where(cell => !reached.Contains(cell))
            .ToList();

        Assert.Empty(missed);
    }

    [Theory]
    [InlineData("ctcae-4.03@1")]
    [InlineData("ctcae-4.03@2")]
    [InlineData("ctcae-5.0@1")]
    [InlineData("ctcae-5.0@2")]
    [InlineData("ctcae-6.0")]
    [InlineData("daids-2.1")]
    [InlineData("nct04288102")]
    public void Table_EveryBoundOfEveryRule_IsTriedBelowAtAndAbove(string id)
    {
        var ruleSet = RuleSets.Find(id)!;
        var inputs = BoundaryTable.Read(ruleSet).Where(r => r.Input.Value is not null)
            .Select(r => (r.Input, ruleSet.Find(r.Term)!.Choose(r.Input).Criterion))
            .Where(r => r.Criterion is not null)
            .ToLookup(r => r.Criterion!, r => r.Input);

        var missed = new List<string>();
        foreach (var criterion in ruleSet.Terms.SelectMany(t => t.Criteria))
        {
            foreach (var condition in criterion.FromWorst.SelectMany(r => r.When).SelectMany(a => a.Conditions).Distinct())
            {
                var sides = inputs[criterion].Select(i => Side(condition, i)).Where(s => s is not null).ToHashSet();
                missed.AddRange(new int?[] { -1, 0, 1 }.Where(s => !sides.Contains(s)).Where(_ => condition is ValueCondition or PercentChangeCondition)
                    .Select(s => $"{criterion.Id}: {condition}, side {s}"));
            }
        }

        Assert.Empty(missed);
    }

    // -1, 0 or 1 for a value close below, at or close above the bound; null for one far away or without the limit.
    private static int? Side(Condition condition, GradeInput input)
    {
        var (value, bound) = condition switch
        {
            ValueCondition { Than.Basis: ThresholdBasis.Absolute, Than: var than } => (input.Value, than.AbsoluteAsDouble),
            ValueCondition { Than: var than } => (input.Value, (Reference(than.Basis, input) * than.TimesAsDouble) + than.PlusAsDouble),
            PercentChangeCondition change => (input.PercentChange, (double?)change.Percent),
            _ => (null, null),
        };
        if (value is null || bound is null || Math.Abs(value.Value - bound.Value) > 0.11 * Math.Abs(bound.Value) + (condition is PercentChangeCondition ? 5 : 0))
        {
            return null;
        }

        return Math.Abs(value.Value - bound.Value) < 1e-9 ? 0 : Math.Sign(value.Value - bound.Value);
    }

    private static double? Reference(ThresholdBasis basis, GradeInput input) => basis switch
    {
        ThresholdBasis.UpperLimit => input.UpperLimit,
        ThresholdBasis.LowerLimit => input.LowerLimit,
        _ => input.Baseline,
    };
}


namespace LabServer.Tests.Cli.SampleTrial;

/// <summary>
/// Counts findings from the written files alone, without plan, rule set or grader: a subject has a finding when a value
/// after the first dose is outside of the printed range on a side where its baseline was not.
/// </summary>
public sealed class FindingPlanTests
{
    private static readonly string[] Published =
    [
        "ALT high: 9 MSC, 4 placebo",
        "AST high: 6 MSC, 4 placebo",
        "BNP high: 1 MSC, 0 placebo",
        "CAION low: 0 MSC, 2 placebo",
        "CK high: 9 MSC, 5 placebo",
        "CKMB high: 0 MSC, 1 placebo",
        "CREAT high: 0 MSC, 1 placebo",
        "CRP high: 1 MSC, 0 placebo",
        "GGT high: 2 MSC, 1 placebo",
        "HGB low: 3 MSC, 0 placebo",
        "INTLK6 high: 4 MSC, 2 placebo",
        "K low: 6 MSC, 1 placebo",
        "LDH high: 14 MSC, 7 placebo",
        "LYMLE low: 0 MSC, 1 placebo",
        "NEUT high: 1 MSC, 1 placebo",
        "URATE high: 6 MSC, 3 placebo",
        "UREA high: 4 MSC, 4 placebo",
        "WBC high: 1 MSC, 1 placebo",
    ];

    [Theory]
    [InlineData(4288102)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-7)]
    [InlineData(long.MaxValue)]
    public void Write_AnySeed_FindingsArePublishedOnesAndNoOther(long seed)
    {
        using var trial = new SampleTrialFolder(seed);
        var baselines = trial.Baselines();

        var found = trial.Results.Where(result => result.AfterFirstDose)
            .SelectMany(result => Sides(result)
                .Where(side => !baselines.TryGetValue((result.Subject, result.Test), out var baseline) || !Sides(baseline).Contains(side))
                .Select(side => (result.Test, Side: side, Result: result)))
            .GroupBy(finding => (finding.Test, finding.Side))
            .Select(group => (group.Key, Count: SampleTrialFolder.SubjectsByArm(group.Select(finding => finding.Result))))
            .Select(row => $"{row.Key.Test} {row.Key.Side}: {row.Count.Msc} MSC, {row.Count.Placebo} placebo")
            .Order(StringComparer.Ordinal);

        Assert.Equal(Published, found);
    }

    [Fact]
    public void Write_AbnormalAtBaseline_NeverGoesFartherOut()
    {
        using var trial = new SampleTrialFolder();
        var baselines = trial.Baselines();
        var abnormal = trial.Results.Where(result => result.AfterFirstDose
            && baselines.TryGetValue((result.Subject, result.Test), out var first) && (first.IsHigh || first.IsLow)).ToArray();

        Assert.NotEmpty(abnormal);
        Assert.All(abnormal, result =>
        {
            var first = baselines[(result.Subject, result.Test)];
            Assert.True(first.IsHigh ? result.Value <= first.Value : result.Value >= first.Value, result.SourceResultId);
        });
    }

    private static IEnumerable<string> Sides(SampleTrialFolder.Result result)
    {
        if (result.IsLow)
        {
            yield return "low";
        }

        if (result.IsHigh)
        {
            yield return "high";
        }
    }
}

using LabServer.Cli.SampleTrial;
using LabServer.Core.Grading;

namespace LabServer.Tests.Cli.SampleTrial;

/// <summary>The sample trial under the published rules: the grader alone, without server, storage or event finding.</summary>
public sealed class GradedSampleTrialTests
{
    private static readonly string[] RuleSetIds = ["ctcae-5.0", "nct04288102"];

    [Theory]
    [InlineData(SampleTrialFiles.DefaultSeed)]
    [InlineData(1)]
    [InlineData(20200305)]
    public void Grade_EachPublishedLaboratoryRow_IsFoundAgain(long seed)
    {
        var comparison = PublishedComparison.Of(PublishedEventReader.Read(), Counts(seed));

        Assert.Equal(18, comparison.Rows.Count);
        Assert.All(comparison.Rows, row => Assert.True(row.Matches, $"{row}"));
    }

    [Fact]
    public void Grade_EverythingElse_IsUrateAndLdhUnderTheirOtherNames()
    {
        var comparison = PublishedComparison.Of(PublishedEventReader.Read(), Counts(SampleTrialFiles.DefaultSeed));

        // CTCAE 5.0 grades every urate over the limit 3; the trial counted it as 1-2, as its protocol term does.
        Assert.Equal(
            [
                ("ctcae-5.0", "Hyperuricemia", new EventCounts(0, 6, 0, 3)),
                ("nct04288102", "Blood lactate dehydrogenase increased", new EventCounts(14, 0, 7, 0)),
            ],
            comparison.Further);
    }

    [Fact]
    public void Compare_PublishedTermReportedByHand_IsNoFurtherTerm()
    {
        var reported = new EventCounts(0, 1, 0, 0);
        var ours = new Dictionary<(string RuleSet, string Term), EventCounts>
        {
            [("ctcae-5.0", "Pneumothorax")] = reported,
            [("ctcae-5.0", "Fall")] = reported,
        };

        var comparison = PublishedComparison.Of(PublishedEventReader.Read(), ours);

        Assert.Equal([("ctcae-5.0", "Fall", reported)], comparison.Further);
    }

    [Fact]
    public void Read_PublishedTable_HasEveryRowOnce()
    {
        var published = PublishedEventReader.Read();

        Assert.Equal(60, published.Count);
        Assert.Equal(published.Count, published.DistinctBy(row => row.Term).Count());
        Assert.All(published.Where(row => row.RuleSet is not null), row => Assert.NotNull(RuleSets.Find(row.RuleSet!)?.Find(row.OurTerm!)));
    }

    private static Dictionary<(string RuleSet, string Term), EventCounts> Counts(long seed)
    {
        using var trial = new SampleTrialFolder(seed);
        var baselines = trial.Baselines();
        var counts = new Dictionary<(string RuleSet, string Term), EventCounts>();
        foreach (var ruleSet in RuleSetIds.Select(id => RuleSets.Find(id)!))
        {
            foreach (var term in ruleSet.Terms)
            {
                var worst = trial.Results.Where(result => result.AfterFirstDose && term.Tests.Contains(result.Test))
                    .Select(result => (Result: result, Grade: EmergentGrade(term, result, baselines)))
                    .Where(graded => graded.Grade > 0)
                    .GroupBy(graded => (graded.Result.Subject, graded.Result.Arm))
                    .Select(group => (group.Key.Arm, Grade: group.Max(graded => graded.Grade)))
                    .ToArray();
                counts[(ruleSet.Name, term.Name)] = new EventCounts(
                    worst.Count(subject => subject is { Arm: "MSC", Grade: 1 or 2 }),
                    worst.Count(subject => subject is { Arm: "MSC", Grade: 3 or 4 }),
                    worst.Count(subject => subject is { Arm: "Placebo", Grade: 1 or 2 }),
                    worst.Count(subject => subject is { Arm: "Placebo", Grade: 3 or 4 }));
            }
        }

        return counts;
    }

    private static int EmergentGrade(
        Term term, SampleTrialFolder.Result result, Dictionary<(string Subject, string Test), SampleTrialFolder.Result> baselines)
    {
        var baseline = baselines.GetValueOrDefault((result.Subject, result.Test));
        var grade = Grade(term, result, baseline);
        return baseline is null || grade > Grade(term, baseline, baseline) ? grade : 0;
    }

    private static int Grade(Term term, SampleTrialFolder.Result result, SampleTrialFolder.Result? baseline)
    {
        var outcome = Grader.Grade(term, new GradeInput
        {
            Value = (double)result.Value,
            Unit = result.Unit.Replace("10^", "10*", StringComparison.Ordinal),
            LowerLimit = (double?)result.Low,
            UpperLimit = (double?)result.High,
            Baseline = (double?)baseline?.Value,
            BaselineLowerLimit = (double?)baseline?.Low,
            BaselineUpperLimit = (double?)baseline?.High,
        });
        return outcome.Grade ?? throw new InvalidOperationException($"{term} cannot grade {result.SourceResultId}: {outcome}");
    }
}

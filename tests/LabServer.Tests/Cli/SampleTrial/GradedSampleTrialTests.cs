using LabServer.Cli.SampleTrial;
using LabServer.Core.Grading;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.SampleTrial;

/// <summary>The sample trial under the published rules: the grader alone, without server, storage or event finding.</summary>
public sealed class GradedSampleTrialTests
{
    private const string Any = "Any adverse event";

    [Theory]
    [InlineData(SampleTrialFiles.DefaultSeed)]
    [InlineData(1)]
    [InlineData(20200305)]
    public void Grade_EachPublishedRow_IsFoundAgainAndNoOther(long seed)
    {
        var counts = Counts(seed, PublishedComparison.LeftOut);

        var comparison = PublishedComparison.Of(PublishedEventReader.Read(), counts[Any], Terms(counts));

        Assert.Equal(60, comparison.Rows.Count);
        Assert.All(comparison.Rows, row => Assert.True(row.Matches, $"{row}"));
        Assert.Empty(comparison.Further);
    }

    [Fact]
    public void Grade_TermThatIsLeftOut_IsTheOnlyOtherOneOfTheUnion()
    {
        var counts = Counts(SampleTrialFiles.DefaultSeed, leftOut: "");

        var comparison = PublishedComparison.Of(PublishedEventReader.Read(), counts[Any], Terms(counts));

        // CTCAE 5.0 grades every urate over the limit 3; the trial counted it as 1-2, as its protocol term does. With it
        // the row of any event has as many subjects, more of them at grade 3.
        Assert.Equal([("Hyperuricemia", new EventCounts(0, 6, 0, 3))], comparison.Further);
        Assert.Equal([Any], comparison.Rows.Where(row => !row.Matches).Select(row => row.Published.Term));
        Assert.Equal(new EventCounts(47, 7, 23, 3), counts[Any]);
    }

    [Fact]
    public void Compare_TermThatIsNotPublished_IsAFurtherTerm()
    {
        var reported = new EventCounts(0, 1, 0, 0);
        var ours = new Dictionary<string, EventCounts> { ["pneumothorax"] = reported, ["Fall"] = reported, ["Never seen"] = default };

        var comparison = PublishedComparison.Of(PublishedEventReader.Read(), default, ours);

        Assert.Equal([("Fall", reported)], comparison.Further);
        Assert.Equal(["Pneumothorax"], comparison.Rows.Where(row => row.Matches).Select(row => row.Published.Term));
    }

    [Fact]
    public void Write_ReportedEvents_OfGradeThreeAreTheOnePublishedAndWithin28Days()
    {
        foreach (var seed in (long[])[SampleTrialFiles.DefaultSeed, 1, 20200305])
        {
            using var trial = new SampleTrialFolder(seed);

            var severe = Assert.Single(trial.Events, happened => happened.Grade > 2);
            Assert.Equal(("Pneumothorax", "MSC", 3, "Y"), (severe.Term, severe.Arm, severe.Grade, severe.Serious));
            Assert.InRange(severe.Day, 2, 28);
            Assert.All(trial.Events, happened => Assert.InRange(happened.Day, 2, 350));
            Assert.Equal(trial.Events.Count, trial.Events.DistinctBy(happened => (happened.Subject, happened.Term)).Count());
        }
    }

    [SharedDataFact("domain/trial-table4-adverse-events.csv")]
    public void Read_PublishedTable_IsTheTrialsOwn()
    {
        var own = File.ReadLines(SharedData.PathOf("domain/trial-table4-adverse-events.csv")!).Skip(1).Select(line => line.Split(','))
            .Select(row => $"{row[0]}: {row[2]}|{row[4]} {row[7]}|{row[9]}");

        Assert.Equal(own, PublishedEventReader.Read().Select(row =>
            $"{row.Term}: {row.Published.MscGrade12}|{row.Published.MscGrade34} {row.Published.PlaceboGrade12}|{row.Published.PlaceboGrade34}"));
    }

    [Fact]
    public void Read_PublishedTable_HasEveryRowOnce()
    {
        var published = PublishedEventReader.Read();

        Assert.Equal(60, published.Count);
        Assert.Equal(published.Count, published.DistinctBy(row => row.Term).Count());
        Assert.Equal((18, 1), (published.Count(row => row.RuleSet is not null), published.Count(row => row.IsAny)));
        Assert.All(published.Where(row => row.RuleSet is not null), row => Assert.NotNull(RuleSets.Find(row.RuleSet!)?.Find(row.OurTerm!)));
    }

    private static Dictionary<string, EventCounts> Terms(Dictionary<string, EventCounts> counts) =>
        counts.Where(count => count.Key != Any).ToDictionary();

    // Subjects by term, and by any term, under both rule sets together and with what was reported: each at its worst grade.
    private static Dictionary<string, EventCounts> Counts(long seed, string leftOut)
    {
        using var trial = new SampleTrialFolder(seed);
        var baselines = trial.Baselines();
        var graded =
            from term in PublishedComparison.RuleSets.SelectMany(id => RuleSets.Find(id)!.Terms)
            where term.Name != leftOut
            from result in trial.Results
            where result.AfterFirstDose && term.Tests.Contains(result.Test)
            select (Term: term.Name, result.Subject, result.Arm, Grade: EmergentGrade(term, result, baselines));
        var all = graded.Where(found => found.Grade > 0)
            .Concat(trial.Events.Select(happened => (happened.Term, happened.Subject, happened.Arm, happened.Grade))).ToList();
        return all.Concat(all.Select(found => found with { Term = Any }))
            .GroupBy(found => found.Term)
            .ToDictionary(group => group.Key, group =>
            {
                var worst = group.GroupBy(found => (found.Subject, found.Arm))
                    .Select(subject => (subject.Key.Arm, Grade: subject.Max(found => found.Grade))).ToArray();
                return new EventCounts(
                    worst.Count(subject => subject is { Arm: "MSC", Grade: 1 or 2 }),
                    worst.Count(subject => subject is { Arm: "MSC", Grade: 3 or 4 }),
                    worst.Count(subject => subject is { Arm: "Placebo", Grade: 1 or 2 }),
                    worst.Count(subject => subject is { Arm: "Placebo", Grade: 3 or 4 }));
            });
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

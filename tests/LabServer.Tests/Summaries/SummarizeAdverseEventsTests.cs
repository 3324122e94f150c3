using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Summaries;

public sealed class SummarizeAdverseEventsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task SummarizeAdverseEvents_GradedStudy_CountsEachSubjectOnceATermAtItsWorstGrade()
    {
        var trial = await Trial.Create(server);
        await trial.Register(
            new Subject { SubjectId = "01", Arm = "A", FirstDoseAt = "2021-03-01" },
            new Subject { SubjectId = "02", Arm = "A", FirstDoseAt = "2021-03-01" },
            new Subject { SubjectId = "03", Arm = "B", FirstDoseAt = "2021-03-01" },
            new Subject { SubjectId = "04", Arm = "B" });
        var withoutLimit = Trial.Alt("02-2", "130", "2021-03-05", "02");
        withoutLimit.ReferenceHigh = "";
        await trial.Submit(
            Trial.Alt("01-1", "30", "2021-02-28"), Trial.Alt("01-2", "50", "2021-03-05"), Trial.Alt("01-3", "30", "2021-03-08"),
            Trial.Alt("01-4", "130", "2021-03-12"), Trial.Potassium("01-5", "6.5", "2021-03-05"),
            Trial.Alt("02-1", "30", "2021-02-28", "02"), withoutLimit,
            Trial.Alt("03-1", "30", "2021-02-28", "03"), Trial.Alt("03-2", "50", "2021-03-05", "03"),
            Trial.Alt("04-1", "900", "2021-03-05", "04"));
        await trial.Grade();

        var table = await trial.Summaries.SummarizeAdverseEventsAsync(
            new SummarizeAdverseEventsRequest { StudyId = trial.StudyId, RuleSetId = "ctcae-5.0" });

        Assert.Equal([("A", 2), ("B", 1)], table.Arms.Select(arm => (arm.Arm, arm.Subjects)));
        Assert.Equal(["Alanine aminotransferase increased", "Hyperkalemia"], table.Terms.Select(term => term.Term));
        Assert.Equal(
            [new GradeCounts { Arm = "A", Grade2 = 1, Any = 1 }, new GradeCounts { Arm = "B", Grade1 = 1, Any = 1 }], table.Terms[0].Arms);
        Assert.Equal([new GradeCounts { Arm = "A", Grade3 = 1, Any = 1 }, new GradeCounts { Arm = "B" }], table.Terms[1].Arms);
        Assert.Equal([new GradeCounts { Arm = "A", Grade3 = 1, Any = 1 }, new GradeCounts { Arm = "B", Grade1 = 1, Any = 1 }], table.Any);
        Assert.Equal(1, table.NotGradable.Single(row => row.Reason == "UPPER_LIMIT_MISSING").Results);
        Assert.Equal((trial.StudyId, "ctcae-5.0", 0), (table.StudyId, table.RuleSetId, table.Pending));
        Assert.All(table.Terms, term => Assert.NotEmpty(term.SystemOrganClass));
    }

    [Fact]
    public async Task SummarizeAdverseEvents_SubjectMovesToTheOtherArm_IsCountedThere()
    {
        var trial = await Trial.Create(server, "ctcae-4.03");
        await trial.Register("01", "A");
        await trial.Submit(Trial.Alt("r1", "130", "2021-03-05"));
        await trial.Grade();

        await trial.Register("01", "B");
        await trial.Grade();

        var table = await trial.Summaries.SummarizeAdverseEventsAsync(
            new SummarizeAdverseEventsRequest { StudyId = trial.StudyId, RuleSetId = "ctcae-4.03" });
        Assert.Equal([("A", 0), ("B", 1)], table.Any.Select(counts => (counts.Arm, counts.Any)));
        Assert.Equal([("A", 0), ("B", 1)], table.Arms.Select(arm => (arm.Arm, arm.Subjects)));
    }

    [Fact]
    public async Task SummarizeAdverseEvents_ResultsNotGradedYet_SaysHowManyWait()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit(Trial.Alt("r1", "130", "2021-03-05"), Trial.Alt("r2", "130", "2021-03-06"));

        var table = await trial.Summaries.SummarizeAdverseEventsAsync(
            new SummarizeAdverseEventsRequest { StudyId = trial.StudyId, RuleSetId = "ctcae-5.0" });

        Assert.Equal(2, table.Pending);
        Assert.Empty(table.Terms);
        Assert.Equal([("A", 1), ("B", 0)], table.Arms.Select(arm => (arm.Arm, arm.Subjects)));
    }

    [Fact]
    public async Task SummarizeAdverseEvents_ReviewOfAnEventThatChangedSince_IsNoAnswerForIt()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit(Trial.Alt("r0", "30", "2021-02-28"), Trial.Alt("r1", "130", "2021-03-05"));
        await trial.Grade();
        await Review(trial, YesNo.No);
        var before = await NotSerious(trial);

        await trial.Submit(Trial.Alt("r2", "900", "2021-03-06"));
        await trial.Grade();
        var after = await NotSerious(trial);
        await Review(trial, YesNo.Yes);
        var again = await NotSerious(trial);

        Assert.Equal([(1, 0), (0, 1), (0, 0)], new[] { before, after, again }.Select(table => (table.AnyTotal.Any, table.Unassessed[0].Events)));
    }

    [Fact]
    public async Task SummarizeAdverseEvents_ReviewOfAReportedEvent_GoesBeforeTheReport()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Events.ReportAdverseEventAsync(new ReportAdverseEventRequest
        {
            StudyId = trial.StudyId,
            Reports = { new EventReport { SubjectId = "01", ReportedTerm = "Cough", Onset = "2021-03-05", Grade = 1, Serious = YesNo.No } },
        });
        var reported = await NotSerious(trial);

        await Review(trial, YesNo.Unspecified);
        var silent = await NotSerious(trial);
        await Review(trial, YesNo.Yes);
        var reviewed = await NotSerious(trial);

        Assert.Equal([1, 1, 0], new[] { reported, silent, reviewed }.Select(table => table.AnyTotal.Any));
    }

    [Theory]
    [InlineData("", "ctcae-5.0", StatusCode.InvalidArgument, "STUDY_MISSING")]
    [InlineData("NO-SUCH", "ctcae-5.0", StatusCode.NotFound, "STUDY_NOT_FOUND")]
    [InlineData("own", "", StatusCode.InvalidArgument, "RULE_SET_MISSING")]
    [InlineData("own", "ctcae-4.03", StatusCode.FailedPrecondition, "RULE_SET_NOT_OF_STUDY")]
    public async Task SummarizeAdverseEvents_WrongRequest_SaysWhatIsWrong(string study, string ruleSet, StatusCode code, string reason)
    {
        var trial = await Trial.Create(server);

        await Refused.With(code, reason, trial.Summaries.SummarizeAdverseEventsAsync(
            new SummarizeAdverseEventsRequest { StudyId = study == "own" ? trial.StudyId : study, RuleSetId = ruleSet }));
    }

    private static async Task<SummarizeAdverseEventsResponse> NotSerious(Trial trial) => await trial.Summaries.SummarizeAdverseEventsAsync(
        new SummarizeAdverseEventsRequest { StudyId = trial.StudyId, RuleSetId = "ctcae-5.0", Serious = YesNo.No });

    private static async Task Review(Trial trial, YesNo serious)
    {
        var found = (await trial.Events.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = trial.StudyId })).Events.Single();
        await trial.Events.ReviewAdverseEventAsync(new ReviewAdverseEventRequest
        {
            StudyId = trial.StudyId,
            EventId = found.EventId,
            Relatedness = Relatedness.Possible,
            Serious = serious,
            Outcome = EventOutcome.Unknown,
        });
    }
}

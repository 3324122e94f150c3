using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Grading;

/// <summary>Three subjects dosed on 1 March 2021: ALT over 40 is grade 1, over 120 grade 2, over 200 grade 3; potassium over 6 is grade 3.</summary>
public sealed class AdverseEventsServiceTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string AltIncreased = "Alanine aminotransferase increased";

    [Fact]
    public async Task ListAdverseEvents_GradedStudy_GivesEventsBySubjectTermAndOnsetWithTheirHistory()
    {
        var trial = await Graded();

        var events = (await List(trial, new ListAdverseEventsRequest())).Events;

        Assert.Equal(
            [("01", AltIncreased, "2021-03-05", 2), ("01", AltIncreased, "2021-03-15", 1), ("01", "Hyperkalemia", "2021-03-05", 3), ("02", AltIncreased, "2021-03-05T08:00", 3)],
            events.Select(found => (found.SubjectId, found.Term, found.Onset, found.WorstGrade)));
        var first = events[0];
        Assert.Equal(("2021-03-12", 0, "ctcae-5.0", ToxicityDirection.High), (first.End, first.BaselineGrade, first.RuleSetId, first.Direction));
        Assert.Equal([("01-2", 1), ("01-3", 2)], first.History.Select(point => (point.SourceResultId, point.Grade)));
        Assert.All(first.History, point => Assert.Equal(Trial.Laboratory, point.Laboratory));
        Assert.Equal("", events[1].End);
        Assert.NotEmpty(first.SystemOrganClass);
        Assert.Equal(4, events.DistinctBy(found => found.EventId).Count());
    }

    [Fact]
    public async Task ListAdverseEvents_RegradedWithNothingNew_KeepsEveryEventId()
    {
        var trial = await Graded();
        var before = (await List(trial, new ListAdverseEventsRequest())).Events;
        await trial.Submit(Trial.Alt("01-late", "38", "2021-02-20"));

        await trial.Grade();

        Assert.Equal(before, (await List(trial, new ListAdverseEventsRequest())).Events);
    }

    [Fact]
    public async Task ListAdverseEvents_OfOneSubjectGradeOrRuleSet_GivesNoOther()
    {
        var trial = await Graded();
        await trial.Studies.AddRuleSetsAsync(new AddRuleSetsRequest { StudyId = trial.StudyId, RuleSets = { "ctcae-4.03" } });
        await trial.Grade();

        Assert.Equal(["02", "02"], (await List(trial, new ListAdverseEventsRequest { SubjectId = "02" })).Events.Select(found => found.SubjectId));
        Assert.Equal(4, (await List(trial, new ListAdverseEventsRequest { RuleSetId = "ctcae-4.03" })).Events.Count);
        Assert.Equal(
            [("01", "Hyperkalemia"), ("02", AltIncreased)],
            (await List(trial, new ListAdverseEventsRequest { RuleSetId = "ctcae-5.0", MinimumGrade = 3 })).Events.Select(found => (found.SubjectId, found.Term)));
        Assert.Empty((await List(trial, new ListAdverseEventsRequest { SubjectId = "03" })).Events);
        Assert.Empty((await List(trial, new ListAdverseEventsRequest { MinimumGrade = 5 })).Events);
    }

    [Fact]
    public async Task ListAdverseEvents_PagedOneByOne_GivesTheSameAsInOnePage()
    {
        var trial = await Graded();
        var paged = new List<AdverseEvent>();
        var token = "";
        do
        {
            var page = await List(trial, new ListAdverseEventsRequest { PageSize = 1, PageToken = token });
            paged.AddRange(page.Events);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal((await List(trial, new ListAdverseEventsRequest())).Events, paged);
    }

    [Fact]
    public async Task ListAdverseEvents_SubjectNotDosed_HasNone()
    {
        var trial = await Trial.Create(server, "ctcae-4.03");
        await trial.Register("01", firstDoseAt: "");
        await trial.Submit(Trial.Alt("r1", "500"));
        await trial.Grade();

        Assert.Empty((await List(trial, new ListAdverseEventsRequest())).Events);
    }

    [Fact]
    public async Task ListAdverseEvents_WrongRequest_SaysWhatIsWrong()
    {
        var trial = await Trial.Create(server);

        await Refused.With(StatusCode.InvalidArgument, "STUDY_MISSING", trial.Events.ListAdverseEventsAsync(new ListAdverseEventsRequest()));
        await Refused.With(StatusCode.NotFound, "STUDY_NOT_FOUND", trial.Events.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = "NO-SUCH" }));
        await Refused.With(
            StatusCode.FailedPrecondition, "RULE_SET_NOT_OF_STUDY", () => List(trial, new ListAdverseEventsRequest { RuleSetId = "ctcae-4.03" }));
        foreach (var token in new[] { "no token", "WyIxIl0", "WyJhIiwiYiIsImMiLCJkIl0" })
        {
            var fault = await Refused.With(
                StatusCode.InvalidArgument, "PAGE_TOKEN_MALFORMED", () => List(trial, new ListAdverseEventsRequest { PageToken = token }));
            Assert.Equal(["page_token"], fault.Fields());
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(6)]
    public async Task ListAdverseEvents_MinimumGradeThatIsNone_NamesTheField(int grade)
    {
        var trial = await Trial.Create(server);

        var fault = await Refused.With(
            StatusCode.InvalidArgument, "MINIMUM_GRADE_INVALID", () => List(trial, new ListAdverseEventsRequest { MinimumGrade = grade }));

        Assert.Equal(["minimum_grade"], fault.Fields());
    }

    private async Task<Trial> Graded()
    {
        var trial = await Trial.Create(server);
        await trial.Register(
            new Subject { SubjectId = "01", FirstDoseAt = "2021-03-01" },
            new Subject { SubjectId = "02", FirstDoseAt = "2021-03-01" },
            new Subject { SubjectId = "03", FirstDoseAt = "2021-03-01" });
        await trial.Submit(
            Trial.Alt("01-1", "30", "2021-02-28"), Trial.Alt("01-2", "50", "2021-03-05"), Trial.Alt("01-3", "130", "2021-03-08"),
            Trial.Alt("01-4", "30", "2021-03-12"), Trial.Alt("01-5", "60", "2021-03-15"), Trial.Potassium("01-6", "6.5", "2021-03-05"),
            Trial.Alt("02-1", "30", "2021-02-28", "02"), Trial.Alt("02-2", "230", "2021-03-05T08:00", "02"), Trial.Alt("03-1", "30", "2021-03-05", "03"));
        await trial.Grade();
        return trial;
    }

    private static async Task<ListAdverseEventsResponse> List(Trial trial, ListAdverseEventsRequest request)
    {
        request.StudyId = trial.StudyId;
        return await trial.Events.ListAdverseEventsAsync(request);
    }
}

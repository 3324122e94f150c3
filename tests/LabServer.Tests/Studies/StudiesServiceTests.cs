using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Studies;

public sealed class StudiesServiceTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private StudiesService.StudiesServiceClient Client => new(server.Channel);

    [Fact]
    public async Task GetStudy_WithSubjectsAndResults_CountsThem()
    {
        var trial = await Trial.Create(server);
        await trial.Register(new Subject { SubjectId = "01", FirstDoseAt = "2021-03-01" }, new Subject { SubjectId = "02" });
        await trial.Submit(Trial.Alt("r1", "30"), Trial.Alt("r2", "30"), Trial.Alt("r3", "30", subject: "99"), Trial.Alt("r4", "1,5"));

        var counts = await trial.Counts();

        Assert.Equal((2, 1), (counts.Subjects, counts.SafetySubjects));
        Assert.Equal((3, 1, 1, 2), (counts.Results, counts.Held, counts.Rejected, counts.Pending));
        await trial.Grade();
        Assert.Equal(0, (await trial.Counts()).Pending);
    }

    [Theory]
    [InlineData("GetStudy")]
    [InlineData("AddRuleSets")]
    [InlineData("ImportSubjects")]
    [InlineData("ListSubjects")]
    public async Task Call_StudyMissingOrUnknown_IsInvalidArgumentOrNotFound(string method)
    {
        async Task Call(string study) => _ = method switch
        {
            "GetStudy" => (object)await Client.GetStudyAsync(new GetStudyRequest { StudyId = study }),
            "AddRuleSets" => await Client.AddRuleSetsAsync(new AddRuleSetsRequest { StudyId = study, RuleSets = { "ctcae-5.0" } }),
            "ImportSubjects" => await Client.ImportSubjectsAsync(new ImportSubjectsRequest { StudyId = study }),
            _ => await Client.ListSubjectsAsync(new ListSubjectsRequest { StudyId = study }),
        };

        var missing = await Refused.With(StatusCode.InvalidArgument, "STUDY_MISSING", () => Call(""));
        var unknown = await Refused.With(StatusCode.NotFound, "STUDY_NOT_FOUND", () => Call("NO-SUCH"));

        Assert.Equal(["study_id"], missing.Fields());
        Assert.Equal(("study", "NO-SUCH"), (unknown.ResourceType, unknown.ResourceName));
    }

    [Fact]
    public async Task AddRuleSets_NewOneAndOneItHas_AddsTheNewOneAndGradesUnderItWithTheNextRun()
    {
        var trial = await Trial.Create(server, "ctcae-4.03");
        await trial.Register("01");
        await trial.Submit(Trial.Alt("b", "30", "2021-02-28"), Trial.Alt("d", "130", "2021-03-05"));
        await trial.Grade();

        var study = (await Client.AddRuleSetsAsync(
            new AddRuleSetsRequest { StudyId = trial.StudyId, RuleSets = { "ctcae-4.03", "ctcae-5.0", "ctcae-5.0" } })).Study;
        await trial.Grade();

        Assert.Equal(["ctcae-4.03", "ctcae-5.0"], study.RuleSets);
        var events = await trial.Events.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = trial.StudyId });
        Assert.Equal(["ctcae-4.03", "ctcae-5.0"], events.Events.Select(found => found.RuleSetId).Order());
    }

    [Fact]
    public async Task AddRuleSets_OneUnknown_IsInvalidArgumentAndNoneIsAdded()
    {
        var trial = await Trial.Create(server, "ctcae-4.03");

        var fault = await Refused.With(
            StatusCode.InvalidArgument,
            "RULE_SET_UNKNOWN",
            Client.AddRuleSetsAsync(new AddRuleSetsRequest { StudyId = trial.StudyId, RuleSets = { "ctcae-5.0", "no-such" } }));

        Assert.Equal(["rule_sets"], fault.Fields());
        Assert.Equal(["ctcae-4.03"], (await trial.Counts()).Study.RuleSets);
    }

    [Fact]
    public async Task ListSubjects_PagedToTheEnd_GivesEverySubjectOnceById()
    {
        var trial = await Trial.Create(server);
        await trial.Register([.. Enumerable.Range(1, 12).Reverse().Select(i => new Subject { SubjectId = FormattableString.Invariant($"{i:00}") })]);
        var ids = new List<string>();
        var token = "";
        do
        {
            var page = await Client.ListSubjectsAsync(new ListSubjectsRequest { StudyId = trial.StudyId, PageSize = 5, PageToken = token });
            ids.AddRange(page.Subjects.Select(subject => subject.SubjectId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(1, 12).Select(i => FormattableString.Invariant($"{i:00}")), ids);
    }

    [Fact]
    public async Task List_PageTokenOfNoList_IsInvalidArgument()
    {
        var trial = await Trial.Create(server);

        var subjects = await Refused.With(
            StatusCode.InvalidArgument,
            "PAGE_TOKEN_MALFORMED",
            Client.ListSubjectsAsync(new ListSubjectsRequest { StudyId = trial.StudyId, PageToken = "no token" }));
        var studies = await Refused.With(
            StatusCode.InvalidArgument, "PAGE_TOKEN_MALFORMED", Client.ListStudiesAsync(new ListStudiesRequest { PageToken = "WzFd" }));

        Assert.Equal(["page_token", "page_token"], subjects.Fields().Concat(studies.Fields()));
    }
}

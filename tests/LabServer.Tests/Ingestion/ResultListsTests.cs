using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Ingestion;

public sealed class ResultListsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly string[] Lists = ["ListResults", "ListHeldResults", "ListRejectedResults", "ListFlaggedResults"];

    private IngestionService.IngestionServiceClient Client => new(server.Channel);

    public static TheoryData<string, string> BadPageTokens
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var list in Lists)
            {
                data.Add(list, "no token");
                data.Add(list, "WyJ4Il0"); // ["x"]: a token, of a list that goes by names
                data.Add(list, "WyIxIiwiMiJd"); // ["1","2"]: too many parts
                data.Add(list, "bnVsbA"); // null
                data.Add(list, "W251bGxd"); // [null]
            }

            return data;
        }
    }

    [Fact]
    public async Task ListResults_PagedToTheEnd_GivesEveryResultOnceInTheOrderReceived()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit([.. Trial.ManyAlt("r", 25)]);

        var pages = await Pages(token => List("ListResults", trial.StudyId, token, 10));

        Assert.Equal([10, 10, 5], pages.Select(page => page.Count));
        Assert.Equal(Enumerable.Range(1, 25).Select(i => FormattableString.Invariant($"r{i}")), pages.SelectMany(page => page));
    }

    [Fact]
    public async Task ListResults_ResultsArriveBetweenTwoPages_NoneIsMissedAndNoneIsThereTwice()
    {
        var trial = await Trial.Create(server);
        await trial.Submit([.. Trial.ManyAlt("a", 4)]);
        var (first, token) = await List("ListResults", trial.StudyId, "", 3);
        await trial.Submit([.. Trial.ManyAlt("b", 2)]);

        var (second, _) = await List("ListResults", trial.StudyId, token, 100);

        Assert.Equal(["a1", "a2", "a3", "a4", "b1", "b2"], first.Concat(second));
    }

    [Fact]
    public async Task ListHeldResults_PagedToTheEnd_GivesEveryHeldResultOnce()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit([.. Trial.ManyAlt("good", 3), .. Enumerable.Range(1, 7).Select(i => Trial.Alt($"h{i}", "30", subject: "99"))]);

        var pages = await Pages(token => List("ListHeldResults", trial.StudyId, token, 3));

        Assert.Equal(["h1", "h2", "h3", "h4", "h5", "h6", "h7"], pages.SelectMany(page => page));
    }

    [Fact]
    public async Task ListRejectedResults_PagedToTheEnd_GivesEveryRejectedResultOnce()
    {
        var trial = await Trial.Create(server);
        await trial.Submit([.. Trial.ManyAlt("good", 3), .. Enumerable.Range(1, 7).Select(i => Trial.Alt($"x{i}", "1,5"))]);

        var pages = await Pages(token => List("ListRejectedResults", trial.StudyId, token, 3));

        Assert.Equal(["x1", "x2", "x3", "x4", "x5", "x6", "x7"], pages.SelectMany(page => page));
    }

    [Fact]
    public async Task ListRejectedResults_LongerTogetherThanAMessageMayBe_ComeOnPagesOfTheirOwn()
    {
        var trial = await Trial.Create(server);
        foreach (var id in new[] { "x1", "x2", "x3" })
        {
            await trial.Submit(Trial.Alt(id, new string('9', 1_900_000)));
        }

        var pages = await Pages(token => List("ListRejectedResults", trial.StudyId, token, 100));

        Assert.Equal(["x1", "x2", "x3"], pages.SelectMany(page => page));
        Assert.Equal(3, pages.Count);
    }

    [Fact]
    public async Task ListRejectedResults_RejectedResult_IsKeptAsSentWithSenderAndFaults()
    {
        var trial = await Trial.Create(server);
        var sent = Trial.Alt("r1", "1,5", "2021-13-45");
        sent.Version = 3;
        sent.Status = ResultStatus.Corrected;
        await trial.Ingestion.SubmitResultsAsync(
            new SubmitResultsRequest { StudyId = trial.StudyId, Laboratory = "LOCAL", Results = { sent } }, ServerFixture.Key(server.AdminKey));

        var rejected = (await Client.ListRejectedResultsAsync(new ListRejectedResultsRequest { StudyId = trial.StudyId })).Results.Single();

        Assert.Equal(sent, rejected.Result);
        Assert.Equal(("LOCAL", "admin"), (rejected.Laboratory, rejected.ReceivedFrom));
        Assert.Equal(["collected_at", "reported_value"], rejected.Faults.Select(fault => fault.Field).Order());
        Assert.NotNull(rejected.ReceivedAt);
    }

    [Fact]
    public async Task ListResults_OfOneSubjectOrTest_GivesNoOther()
    {
        var trial = await Trial.Create(server);
        await trial.Register(new Subject { SubjectId = "01" }, new Subject { SubjectId = "02" });
        await trial.Submit(Trial.Alt("r1", "30"), Trial.Alt("r2", "30", subject: "02"), Trial.Potassium("r3", "4", "2021-03-02"));

        var ofSubject = await Client.ListResultsAsync(new ListResultsRequest { StudyId = trial.StudyId, SubjectId = "01" });
        var ofTest = await Client.ListResultsAsync(new ListResultsRequest { StudyId = trial.StudyId, TestCode = "K" });
        var ofBoth = await Client.ListResultsAsync(new ListResultsRequest { StudyId = trial.StudyId, SubjectId = "02", TestCode = "K" });

        Assert.Equal(["r1", "r3"], ofSubject.Results.Select(result => result.Result.SourceResultId));
        Assert.Equal(["r3"], ofTest.Results.Select(result => result.Result.SourceResultId));
        Assert.Empty(ofBoth.Results);
    }

    [Fact]
    public async Task ListResults_PageLargerThanTheMost_IsCutTo1000()
    {
        var trial = await Trial.Create(server);
        await trial.Submit([.. Trial.ManyAlt("r", 1001)]);

        var (page, token) = await List("ListResults", trial.StudyId, "", 5000);

        Assert.Equal(1000, page.Count);
        Assert.NotEmpty(token);
    }

    [Theory]
    [MemberData(nameof(BadPageTokens))]
    public async Task List_PageTokenOfNoList_IsInvalidArgument(string list, string token)
    {
        var trial = await Trial.Create(server);

        var fault = await Refused.With(StatusCode.InvalidArgument, "PAGE_TOKEN_MALFORMED", () => List(list, trial.StudyId, token, 10));

        Assert.Equal(["page_token"], fault.Fields());
    }

    [Theory]
    [InlineData("ListResults")]
    [InlineData("ListHeldResults")]
    [InlineData("ListRejectedResults")]
    [InlineData("GetResult")]
    public async Task Read_StudyMissingOrUnknown_IsInvalidArgumentOrNotFound(string method)
    {
        var missing = await Refused.With(StatusCode.InvalidArgument, "STUDY_MISSING", () => List(method, "", "", 10));
        var unknown = await Refused.With(StatusCode.NotFound, "STUDY_NOT_FOUND", () => List(method, "NO-SUCH", "", 10));

        Assert.Equal(["study_id"], missing.Fields());
        Assert.Equal("NO-SUCH", unknown.ResourceName);
    }

    [Fact]
    public async Task GetResult_TwoVersions_GivesBothOldestFirst()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        var second = Trial.Alt("r1", "35");
        second.Version = 2;
        await trial.Submit(second);
        await trial.Submit(Trial.Alt("r1", "30"));

        var versions = (await Get(trial, "r1")).Versions;

        Assert.Equal([(1u, "30", true), (2u, "35", false)], versions.Select(v => (v.Result.Version, v.Result.ReportedValue, v.Superseded)));
        Assert.Equal(("ALT", 35, "U/L"), (versions[1].TestCode, versions[1].StandardValue, versions[1].StandardUnit));
    }

    [Fact]
    public async Task GetResult_NotOnFileOrNotNamed_IsNotFoundOrInvalidArgument()
    {
        var trial = await Trial.Create(server);

        var unknown = await Refused.With(StatusCode.NotFound, "RESULT_NOT_FOUND", () => Get(trial, "no-such"));
        var unnamed = await Refused.With(StatusCode.InvalidArgument, "RESULT_MISSING", () => Get(trial, ""));

        Assert.Equal("no-such", unknown.ResourceName);
        Assert.Equal(["source_result_id"], unnamed.Fields());
    }

    [Fact]
    public async Task GetResult_TwoLaboratoriesUseTheSameId_TheLaboratoryMustBeNamed()
    {
        var trial = await Trial.Create(server);
        await trial.SubmitFrom("CENTRAL", Trial.Alt("r1", "30"));
        await trial.SubmitFrom("LOCAL", Trial.Alt("r1", "50"));

        var fault = await Refused.With(StatusCode.FailedPrecondition, "LABORATORY_NEEDED", () => Get(trial, "r1"));
        var named = await Get(trial, "r1", "LOCAL");

        Assert.Contains("CENTRAL, LOCAL", fault.Message, StringComparison.Ordinal);
        Assert.Equal("50", named.Versions.Single().Result.ReportedValue);
        await Refused.With(StatusCode.NotFound, "RESULT_NOT_FOUND", () => Get(trial, "r1", "OTHER"));
    }

    private static async Task<List<List<string>>> Pages(Func<string, Task<(List<string> Ids, string Next)>> list)
    {
        var pages = new List<List<string>>();
        var token = "";
        do
        {
            var (ids, next) = await list(token);
            pages.Add(ids);
            token = next;
        }
        while (token.Length > 0);
        return pages;
    }

    private async Task<GetResultResponse> Get(Trial trial, string id, string laboratory = "") =>
        await Client.GetResultAsync(new GetResultRequest { StudyId = trial.StudyId, Laboratory = laboratory, SourceResultId = id });

    private async Task<(List<string> Ids, string Next)> List(string method, string study, string token, int size)
    {
        switch (method)
        {
            case "ListHeldResults":
                var held = await Client.ListHeldResultsAsync(new ListHeldResultsRequest { StudyId = study, PageToken = token, PageSize = size });
                return ([.. held.Results.Select(result => result.Result.SourceResultId)], held.NextPageToken);
            case "ListRejectedResults":
                var rejected = await Client.ListRejectedResultsAsync(new ListRejectedResultsRequest { StudyId = study, PageToken = token, PageSize = size });
                return ([.. rejected.Results.Select(result => result.Result.SourceResultId)], rejected.NextPageToken);
            case "ListFlaggedResults":
                var flagged = await Client.ListFlaggedResultsAsync(new ListFlaggedResultsRequest { StudyId = study, PageToken = token, PageSize = size });
                return ([.. flagged.Results.Select(result => result.Result.Result.SourceResultId)], flagged.NextPageToken);
            case "GetResult":
                var versions = await Client.GetResultAsync(new GetResultRequest { StudyId = study, SourceResultId = "r1" });
                return ([.. versions.Versions.Select(result => result.Result.SourceResultId)], "");
            default:
                var all = await Client.ListResultsAsync(new ListResultsRequest { StudyId = study, PageToken = token, PageSize = size });
                return ([.. all.Results.Select(result => result.Result.SourceResultId)], all.NextPageToken);
        }
    }
}

using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Ingestion;

public sealed class FlaggedResultsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task ListFlaggedResults_OfAGradedStudy_SaysWhatIsTheMatterAndLeavesTheRestOut()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        var preliminary = Trial.Alt("p", "30");
        preliminary.Status = ResultStatus.Preliminary;
        await trial.Submit(
            Trial.Potassium("a", "4.2", "2021-03-05"), Trial.Potassium("b", "45", "2021-03-06"), preliminary, Trial.Alt("t", "QNS", "2021-03-09"));
        Assert.Empty((await List(trial)).Results);
        await trial.Grade();

        var flagged = (await List(trial)).Results;

        Assert.Equal(["b", "p", "t"], flagged.Select(entry => entry.Result.Result.SourceResultId));
        Assert.Equal([QualityFlag.ImplausibleValue, QualityFlag.DeltaCheck], flagged[0].Flags.Select(flag => flag.Flag));
        Assert.Equal("45 is not within 1 to 12 mmol/L", flagged[0].Flags[0].Detail);
        Assert.Equal(("CENTRAL", "a"), (flagged[0].Flags[1].OtherLaboratory, flagged[0].Flags[1].OtherSourceResultId));
        Assert.Equal([QualityFlag.Preliminary], flagged[1].Flags.Select(flag => flag.Flag));
        Assert.Equal([QualityFlag.TextForNumber], flagged[2].Flags.Select(flag => flag.Flag));
        Assert.All(flagged, entry => Assert.Equal(entry.Flags.Select(flag => flag.Flag), entry.Result.Flags));
    }

    [Fact]
    public async Task ListResultsAndGetResult_OfAFlaggedResult_ShowItsFlags()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit(Trial.Potassium("a", "45", "2021-03-05"), Trial.Potassium("b", "4.4", "2021-03-25"));
        await trial.Grade();

        var listed = await trial.AllResults();
        var got = await trial.Ingestion.GetResultAsync(new GetResultRequest { StudyId = trial.StudyId, SourceResultId = "a" });

        Assert.Equal([[QualityFlag.ImplausibleValue], []], listed.Select(result => result.Flags.ToArray()));
        Assert.Equal([QualityFlag.ImplausibleValue], got.Versions.Single().Flags);
    }

    [Theory]
    // Naive, central memory, effector memory and TEMRA cells are all there are: 100 % within 2 points.
    [InlineData("10", false)]
    [InlineData("12", false)]
    [InlineData("12.1", true)]
    [InlineData("0", true)]
    public async Task ListFlaggedResults_SubsetsOfAFlowPanel_AreFlaggedUnlessTheyAddUp(string temra, bool flagged)
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit(Subset("CD4N", "40"), Subset("CD4CM", "30"), Subset("CD4EM", "20"), Subset("CD4TEMRA", temra));
        await trial.Grade();

        var found = (await List(trial, new ListFlaggedResultsRequest { Flag = QualityFlag.PanelMismatch })).Results;

        Assert.Equal(flagged ? ["CD4N", "CD4CM", "CD4EM", "CD4TEMRA"] : [], found.Select(entry => entry.Result.Result.SourceResultId));
        Assert.All(found, entry => Assert.StartsWith("PANEL_CD4_SUBSETS: ", entry.Flags.Single().Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ListFlaggedResults_Filtered_GivesThoseOnly()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Register("02");
        await trial.Submit(
            Trial.Potassium("a", "45", "2021-03-05"), Trial.Potassium("b", "46", "2021-03-05", "02"), Trial.Alt("c", "QNS"),
            Trial.Potassium("d", "47", "2021-03-25"));
        await trial.Grade();

        Assert.Equal(["a", "b", "d"], await Ids(trial, new ListFlaggedResultsRequest { Flag = QualityFlag.ImplausibleValue }));
        Assert.Equal(["b"], await Ids(trial, new ListFlaggedResultsRequest { SubjectId = "02" }));
        Assert.Equal(["c"], await Ids(trial, new ListFlaggedResultsRequest { TestCode = "ALT" }));
        Assert.Empty(await Ids(trial, new ListFlaggedResultsRequest { Flag = QualityFlag.SpoiledSpecimen }));
        var first = await List(trial, new ListFlaggedResultsRequest { PageSize = 3 });
        var second = await List(trial, new ListFlaggedResultsRequest { PageSize = 3, PageToken = first.NextPageToken });
        Assert.Equal(["a", "b", "c", "d"], first.Results.Concat(second.Results).Select(entry => entry.Result.Result.SourceResultId));
        Assert.Equal("", second.NextPageToken);
    }

    [Fact]
    public async Task ListFlaggedResults_OfAnotherStudy_ShowsNothingOfThisOne()
    {
        var (trial, other) = (await Trial.Create(server), await Trial.Create(server));
        await trial.Register("01");
        await trial.Submit(Trial.Potassium("a", "45", "2021-03-05"));
        await trial.Grade();

        Assert.Empty((await List(other)).Results);
    }

    [Fact]
    public async Task ListFlaggedResults_FlagOrStudyUnknown_IsRefused()
    {
        var trial = await Trial.Create(server);

        var flag = await Refused.With(StatusCode.InvalidArgument, "FLAG_UNKNOWN", () => List(trial, new ListFlaggedResultsRequest { Flag = (QualityFlag)99 }));
        await Refused.With(
            StatusCode.NotFound, "STUDY_NOT_FOUND", trial.Ingestion.ListFlaggedResultsAsync(new ListFlaggedResultsRequest { StudyId = "NO-SUCH" }));

        Assert.Equal(["flag"], flag.Fields());
    }

    private static LabResult Subset(string test, string percent) => new()
    {
        SourceResultId = test,
        SubjectId = "01",
        TestCode = test,
        ReportedValue = percent,
        ReportedUnit = "%",
        CollectedAt = "2021-03-05T08:00",
    };

    private static async Task<List<string>> Ids(Trial trial, ListFlaggedResultsRequest request) =>
        [.. (await List(trial, request)).Results.Select(entry => entry.Result.Result.SourceResultId)];

    private static async Task<ListFlaggedResultsResponse> List(Trial trial, ListFlaggedResultsRequest? request = null)
    {
        request ??= new ListFlaggedResultsRequest();
        request.StudyId = trial.StudyId;
        return await trial.Ingestion.ListFlaggedResultsAsync(request);
    }
}

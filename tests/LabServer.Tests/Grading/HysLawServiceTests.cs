using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Grading;

public sealed class HysLawServiceTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task ListHysLawCandidates_SubjectWithBoth_GivesValuesDatesAndIds()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Register("02");
        await trial.Register("03", firstDoseAt: "");
        await trial.Submit(
            Trial.Alt("alt", "160", "2021-03-10"), Result("bili", "BILI", "42", "umol/L", "21", "2021-03-14"), Result("alp", "ALP", "130", "U/L", "120", "2021-03-10"),
            Trial.Alt("alt2", "160", "2021-03-10", "02"), Result("bili2", "BILI", "60", "umol/L", "21", "2021-03-25", "02"),
            Trial.Alt("alt3", "160", "2021-03-10", "03"), Result("bili3", "BILI", "60", "umol/L", "21", "2021-03-10", "03"));
        await trial.Grade();

        var found = Assert.Single((await trial.Events.ListHysLawCandidatesAsync(new ListHysLawCandidatesRequest { StudyId = trial.StudyId })).Candidates);

        Assert.Equal(("01", 4, YesNo.Yes), (found.SubjectId, found.DaysApart, found.AlpUnderTwice));
        Assert.Equal(("ALT", "alt", "2021-03-10", 4.0), Of(found.Transaminase));
        Assert.Equal(("BILI", "bili", "2021-03-14", 2.0), Of(found.Bilirubin));
        Assert.Equal("alp", found.Alp.SourceResultId);
    }

    [Fact]
    public async Task ListHysLawCandidates_LimitsAndSpecimens_AreJudgedAsInGrading()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Register("02");
        await new ReferenceRangesService.ReferenceRangesServiceClient(server.Channel).ImportReferenceRangesAsync(new ImportReferenceRangesRequest
        {
            StudyId = trial.StudyId,
            Laboratory = Trial.Laboratory,
            Ranges = { new ReferenceRange { TestCode = "AST", High = "40", Unit = "U/L" } },
            Apply = true,
            Reason = "first ranges",
        });
        var hemolyzed = Result("ast2", "AST", "160", "U/L", "", "2021-03-10", "02");
        hemolyzed.SpecimenCondition = "HEMOLYZED";
        await trial.Submit(
            Result("ast1", "AST", "160", "U/L", "", "2021-03-10"), Result("bili1", "BILI", "42", "umol/L", "21", "2021-03-10"),
            hemolyzed, Result("bili2", "BILI", "42", "umol/L", "21", "2021-03-10", "02"));
        await trial.Grade();

        var found = Assert.Single((await trial.Events.ListHysLawCandidatesAsync(new ListHysLawCandidatesRequest { StudyId = trial.StudyId })).Candidates);

        Assert.Equal("01", found.SubjectId);
        Assert.Equal(("AST", "ast1", "2021-03-10", 4.0), Of(found.Transaminase));
    }

    [Fact]
    public async Task ListHysLawCandidates_WrongRequest_SaysWhatIsWrong()
    {
        var trial = await Trial.Create(server);

        await Refused.With(
            StatusCode.InvalidArgument, "STUDY_MISSING", trial.Events.ListHysLawCandidatesAsync(new ListHysLawCandidatesRequest()));
        await Refused.With(
            StatusCode.NotFound, "STUDY_NOT_FOUND", trial.Events.ListHysLawCandidatesAsync(new ListHysLawCandidatesRequest { StudyId = "NO-SUCH" }));
    }

    private static (string Test, string Id, string CollectedAt, double Times) Of(LiverResult result) =>
        (result.Test, result.SourceResultId, result.CollectedAt, result.TimesUpperLimit);

    private static LabResult Result(string id, string test, string value, string unit, string high, string collectedAt, string subject = "01") => new()
    {
        SourceResultId = id,
        SubjectId = subject,
        TestCode = test,
        ReportedValue = value,
        ReportedUnit = unit,
        ReferenceLow = high.Length > 0 ? "0" : "",
        ReferenceHigh = high,
        CollectedAt = collectedAt,
    };
}

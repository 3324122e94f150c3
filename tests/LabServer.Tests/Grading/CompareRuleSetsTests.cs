using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Grading;

public sealed class CompareRuleSetsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    // Platelets in 10*9/L, LLN 150: 60 is grade 2 under both, 20 grade 4 under 5.0 and 3 under 6.0. Lymphocytes have a
    // term in 5.0 only. ALT agrees.
    private async Task<Trial> Compared()
    {
        var trial = await Trial.Create(server, "ctcae-5.0", "ctcae-6.0");
        await trial.Register("01");
        await trial.Register("02", firstDoseAt: "");
        await trial.Submit(
            Count("p0", "PLAT", "200", "2021-02-27"), Count("p1", "PLAT", "60", "2021-03-05"), Count("p2", "PLAT", "20", "2021-03-08"),
            Count("q1", "PLAT", "20", "2021-03-08", "02"), Count("l1", "LYM", "0.4", "2021-03-05"),
            Trial.Alt("a0", "30", "2021-02-27"), Trial.Alt("a1", "130", "2021-03-05"));
        await trial.Grade();
        return trial;
    }

    [Fact]
    public async Task Compare_TermsOfOneTestAndDirection_AreMatchedWhateverTheirNames()
    {
        var trial = await Compared();

        var parts = await Compare(new CompareRuleSetsRequest { StudyId = trial.StudyId, RuleSetA = "ctcae-5.0", RuleSetB = "ctcae-6.0" });

        Assert.Equal(
            [
                "01 LYM Low Lymphocyte count decreased| 3- 1/1",
                "01 PLAT Low Platelet count decreased|Thrombocytopenia 43 1/3",
                "02 PLAT Low Platelet count decreased|Thrombocytopenia -- 1/1",
            ],
            parts.Where(part => part.Difference is not null).Select(part => Text(part.Difference)));
        Assert.Equal(
            ["ALT High 0/1 0>0 0/2", "LYM Low 1/1 1>0 1/1", "LYM High 0/1 0>0 0/1", "PLAT Low 2/2 1>0 2/4"],
            parts.Where(part => part.Summary is not null).Select(part => Text(part.Summary)));
    }

    [Fact]
    public async Task Compare_TheOtherWayRound_MirrorsIt()
    {
        var trial = await Compared();

        var parts = await Compare(new CompareRuleSetsRequest { StudyId = trial.StudyId, RuleSetA = "ctcae-6.0", RuleSetB = "ctcae-5.0", Term = "THROMBOCYTOPENIA" });

        Assert.Equal(
            ["01 PLAT Low Thrombocytopenia|Platelet count decreased 34 1/3", "02 PLAT Low Thrombocytopenia|Platelet count decreased -- 1/1", "PLAT Low 2/2 0>1 2/4"],
            parts.Select(part => part.Difference is { } difference ? Text(difference) : Text(part.Summary)));
    }

    [Fact]
    public async Task Compare_Filters_LeaveOneSubject()
    {
        var trial = await Compared();

        var parts = await Compare(new CompareRuleSetsRequest
        {
            StudyId = trial.StudyId,
            RuleSetA = "ctcae-5.0",
            RuleSetB = "ctcae-6.0",
            SubjectId = "02",
            Term = "Platelet count decreased",
        });

        Assert.Equal(["02 PLAT Low Platelet count decreased|Thrombocytopenia -- 1/1"], parts.Where(part => part.Difference is not null).Select(part => Text(part.Difference)));
        Assert.Equal(["PLAT Low 1/1 0>0 1/1"], parts.Where(part => part.Summary is not null).Select(part => Text(part.Summary)));
    }

    [Theory]
    [InlineData("", "ctcae-6.0", "", StatusCode.InvalidArgument, "RULE_SET_MISSING")]
    [InlineData("ctcae-5.0", "", "", StatusCode.InvalidArgument, "RULE_SET_MISSING")]
    [InlineData("ctcae-5.0", "ctcae-5.0@2", "", StatusCode.InvalidArgument, "RULE_SETS_EQUAL")]
    [InlineData("ctcae-5.0", "ctcae-4.03", "", StatusCode.FailedPrecondition, "RULE_SET_NOT_OF_STUDY")]
    [InlineData("ctcae-5.0", "ctcae-6.0", "No such term", StatusCode.NotFound, "TERM_NOT_FOUND")]
    public async Task Compare_WrongRequest_IsRefused(string a, string b, string term, StatusCode code, string reason)
    {
        var trial = await Trial.Create(server, "ctcae-5.0", "ctcae-6.0");

        await Refused.With(code, reason, () => Compare(new CompareRuleSetsRequest { StudyId = trial.StudyId, RuleSetA = a, RuleSetB = b, Term = term }));
    }

    private static LabResult Count(string id, string test, string value, string collectedAt, string subject = "01") => new()
    {
        SourceResultId = id,
        SubjectId = subject,
        TestCode = test,
        ReportedValue = value,
        ReportedUnit = "10*9/L",
        ReferenceLow = test == "PLAT" ? "150" : "1",
        ReferenceHigh = test == "PLAT" ? "400" : "4",
        CollectedAt = collectedAt,
    };

    private static string Text(RuleSetDifference row) =>
        $"{row.SubjectId} {row.TestKey} {row.Direction} {row.TermA}|{row.TermB} {(row.HasWorstGradeA ? row.WorstGradeA : "-")}{(row.HasWorstGradeB ? row.WorstGradeB : "-")} {row.ResultsDifferent}/{row.Results}";

    private static string Text(RuleSetSummary row) =>
        $"{row.TestKey} {row.Direction} {row.SubjectsDifferent}/{row.Subjects} {row.WorseUnderA}>{row.WorseUnderB} {row.ResultsDifferent}/{row.Results}";

    private async Task<List<CompareRuleSetsResponse>> Compare(CompareRuleSetsRequest request)
    {
        var parts = new List<CompareRuleSetsResponse>();
        using var call = server.Grading.CompareRuleSets(request);
        await foreach (var part in call.ResponseStream.ReadAllAsync())
        {
            parts.Add(part);
        }

        return parts;
    }
}

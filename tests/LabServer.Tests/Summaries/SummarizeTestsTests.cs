using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Summaries;

/// <summary>Biomarkers, outcomes and categories of a small study over the wire.</summary>
public sealed class SummarizeTestsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task SummarizeBiomarkers_GradedStudy_GivesEachArmAndTheComparison()
    {
        var trial = await Bring();

        var summary = await trial.Summaries.SummarizeBiomarkersAsync(
            new SummarizeBiomarkersRequest { StudyId = trial.StudyId, Test = "sgpt", Arms = { "A", "B" }, SplitBy = "sex" });

        Assert.Equal(("ALT", "U/L", BiomarkerMeasure.Value, BoundHandling.Limit), (summary.Test, summary.Unit, summary.Measure, summary.Bounds));
        var visit = Assert.Single(summary.Visits);
        Assert.Equal("WEEK 1", visit.Visit);
        var (a, b) = (visit.Arms[0], visit.Arms[1]);
        Assert.Equal(("A", 2, 2, 0, 45.0, 45.0, 40.0, 50.0), (a.Arm, a.Subjects, a.N, a.Missing, a.Mean, a.Median, a.Min, a.Max));
        Assert.Equal((1, 2, 1), (a.AboveUpper, a.WithRange, b.BelowQuantification));
        Assert.Equal(("B", 2, 1, 1, 5.0, false, "TOO_FEW_VALUES"), (b.Arm, b.Subjects, b.N, b.Missing, b.Median, b.HasSd, b.Reason));
        Assert.Equal((40.0, "TOO_FEW_VALUES", false), (visit.Comparison.HodgesLehmann.Estimate, visit.Comparison.HodgesLehmann.Reason, visit.Comparison.HodgesLehmann.HasLow));
        Assert.Equal((2.0, true), (visit.Comparison.RankSum.W, visit.Comparison.RankSum.Exact));
        Assert.Equal(["F 1 1", "M 1 0"], summary.Strata.Select(row => $"{row.Stratum} {string.Join(' ', row.Visits.Single().Arms.Select(arm => arm.N))}"));
        Assert.Equal((1, 1, 0), (summary.ResultsWithoutVisit, summary.SubjectsNotDosed, summary.Pending));
    }

    [Fact]
    public async Task SummarizeOutcomes_GradedStudy_GivesCountsAndWhatIsUndecided()
    {
        var trial = await Bring();

        var summary = await trial.Summaries.SummarizeOutcomesAsync(
            new SummarizeOutcomesRequest { StudyId = trial.StudyId, Test = "SYSLEEP", SplitBy = "sex" });

        var visit = Assert.Single(summary.Visits);
        Assert.Equal(["A 1/2", "B 0/1"], visit.Arms.Select(arm => $"{arm.Arm} {arm.Events}/{arm.N}"));
        Assert.Equal(("exact logistic", true, false, "fisher"), (visit.Comparison.OddsRatio.Method, visit.Comparison.OddsRatio.Unbounded, visit.Comparison.OddsRatio.HasHigh, visit.Comparison.Test.Name));
        Assert.Equal([new UndecidedText { Text = "REFUSED", Records = 1 }], summary.Undecided);
        Assert.Equal(["F", "M"], summary.Strata.Select(row => row.Stratum));
    }

    [Fact]
    public async Task SummarizeCategories_GradedStudy_GivesCountsByCategory()
    {
        var trial = await Bring();

        var summary = await trial.Summaries.SummarizeCategoriesAsync(
            new SummarizeCategoriesRequest { StudyId = trial.StudyId, Test = "PAINNRS", Visit = "week 1" });

        var visit = Assert.Single(summary.Visits);
        Assert.Equal([0, 1, 0, 1], visit.Arms[0].Counts);
        Assert.Equal([1, 0, 0, 0], visit.Arms[1].Counts);
        Assert.Equal(("SEPARATION", false), (visit.Comparison.Reason, visit.Comparison.HasOddsRatio));
    }

    [Theory]
    [InlineData("", "", "", "", StatusCode.InvalidArgument, "TEST_MISSING", "test")]
    [InlineData("NOSUCH", "", "", "", StatusCode.NotFound, "TEST_NOT_FOUND", null)]
    [InlineData("SYSLEEP", "", "", "", StatusCode.InvalidArgument, "TEST_NOT_NUMERIC", "test")]
    [InlineData("ALT", "WEEK 9", "", "", StatusCode.InvalidArgument, "VISIT_UNKNOWN", "visit")]
    [InlineData("ALT", "", "C", "", StatusCode.InvalidArgument, "ARM_UNKNOWN", "arms")]
    [InlineData("ALT", "", "", "colour", StatusCode.InvalidArgument, "ATTRIBUTE_UNKNOWN", "split_by")]
    public async Task SummarizeBiomarkers_WrongRequest_SaysWhatIsWrong(
        string test, string visit, string arm, string splitBy, StatusCode code, string reason, string? field)
    {
        var trial = await Bring();
        var request = new SummarizeBiomarkersRequest { StudyId = trial.StudyId, Test = test, Visit = visit, SplitBy = splitBy };
        if (arm.Length > 0)
        {
            request.Arms.Add(arm);
        }

        var fault = await Refused.With(code, reason, trial.Summaries.SummarizeBiomarkersAsync(request));

        Assert.Equal(field is null ? [] : [field], fault.Fields());
    }

    [Fact]
    public async Task Summaries_WrongChoices_AreRefusedByName()
    {
        var trial = await Bring();
        var study = trial.StudyId;

        await Refused.With(StatusCode.InvalidArgument, "MEASURE_UNKNOWN", trial.Summaries.SummarizeBiomarkersAsync(
            new SummarizeBiomarkersRequest { StudyId = study, Test = "ALT", Measure = (BiomarkerMeasure)9 }));
        await Refused.With(StatusCode.InvalidArgument, "BOUND_HANDLING_UNKNOWN", trial.Summaries.SummarizeBiomarkersAsync(
            new SummarizeBiomarkersRequest { StudyId = study, Test = "ALT", Bounds = (BoundHandling)9 }));
        await Refused.With(StatusCode.InvalidArgument, "CARRY_FORWARD_MISSING", trial.Summaries.SummarizeBiomarkersAsync(
            new SummarizeBiomarkersRequest { StudyId = study, Test = "ALT", CarryBaseline = true }));
        await Refused.With(StatusCode.InvalidArgument, "TEST_NOT_YES_NO", trial.Summaries.SummarizeOutcomesAsync(
            new SummarizeOutcomesRequest { StudyId = study, Test = "ALT" }));
        await Refused.With(StatusCode.InvalidArgument, "TEST_WITHOUT_CATEGORIES", trial.Summaries.SummarizeCategoriesAsync(
            new SummarizeCategoriesRequest { StudyId = study, Test = "ALT" }));
        await Refused.With(StatusCode.NotFound, "STUDY_NOT_FOUND", trial.Summaries.SummarizeOutcomesAsync(
            new SummarizeOutcomesRequest { StudyId = "NO-SUCH", Test = "SYSLEEP" }));
    }

    private async Task<Trial> Bring()
    {
        var trial = await Trial.Create(server);
        await trial.Register(
            new Subject { SubjectId = "01", Arm = "A", Sex = Sex.Male, FirstDoseAt = "2021-03-01" },
            new Subject { SubjectId = "02", Arm = "A", Sex = Sex.Female, FirstDoseAt = "2021-03-01" },
            new Subject { SubjectId = "03", Arm = "B", Sex = Sex.Female, FirstDoseAt = "2021-03-01" },
            new Subject { SubjectId = "04", Arm = "B", Sex = Sex.Male, FirstDoseAt = "2021-03-01" },
            new Subject { SubjectId = "05", Arm = "B" });
        await trial.Submit(
            At(Trial.Alt("a1", "40", "2021-03-08")), At(Trial.Alt("a2", "50", "2021-03-08", "02")), At(Trial.Alt("a3", "<5", "2021-03-08", "03")),
            Trial.Alt("a4", "30", "2021-03-20", "04"), At(Trial.Alt("a5", "30", "2021-03-08", "05")),
            Coded("s1", "SYSLEEP", "01", "Y"), Coded("s2", "SYSLEEP", "02", "N"), Coded("s3", "SYSLEEP", "03", "N"), Coded("s4", "SYSLEEP", "04", "REFUSED"),
            Coded("p1", "PAINNRS", "01", "2"), Coded("p2", "PAINNRS", "02", "9"), Coded("p3", "PAINNRS", "03", "0"));
        await trial.Grade();
        return trial;
    }

    private static LabResult At(LabResult result)
    {
        result.Visit = "WEEK 1";
        return result;
    }

    private static LabResult Coded(string id, string test, string subject, string value) => At(new LabResult
    {
        SourceResultId = id,
        SubjectId = subject,
        TestCode = test,
        ReportedValue = value,
        CollectedAt = "2021-03-08",
    });
}

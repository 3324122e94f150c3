using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Grading;

public sealed class GradingServiceTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task ListRuleSets_Always_GivesThePublishedSetsByIdWithHashAndTerms()
    {
        var sets = (await new GradingService.GradingServiceClient(server.Channel).ListRuleSetsAsync(new ListRuleSetsRequest())).RuleSets;

        Assert.Equal(
            Core.Grading.RuleSets.All.Select(set => (set.Name, set.Version, set.Hash)),
            sets.Select(set => (set.RuleSetId, set.Version, set.Sha256)));
        Assert.All(sets, set => Assert.Matches("^[0-9a-f]{64}$", set.Sha256));
        Assert.All(sets, set => Assert.True(set.Terms > 0 && set.Title.Length > 0, set.RuleSetId));
    }

    [Fact]
    public async Task ExplainGrade_GradedResult_NamesRuleNumbersAndBaseline()
    {
        var trial = await Graded(Trial.Alt("b", "30", "2021-02-28"), Trial.Alt("d", "130.0", "2021-03-05"));

        var found = (await Explain(trial, "d")).Explanations.Single();

        Assert.Equal(("ctcae-5.0", "Alanine aminotransferase increased"), (found.RuleSetId, found.Term));
        Assert.Equal((ToxicityDirection.High, 2, ""), (found.Direction, found.Grade, found.NotGradableReason));
        Assert.StartsWith("grade 2: ", found.Rule, StringComparison.Ordinal);
        Assert.Contains(">3.0 - 5.0", found.Rule, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{64}$", found.RuleSetSha256);
        Assert.NotEmpty(found.CriterionId);
        Assert.Equal(("d", "130.0", "U/L", "2021-03-05"), (found.Value.SourceResultId, found.Value.ReportedValue, found.Value.ReportedUnit, found.Value.CollectedAt));
        Assert.Equal((130, 5, 40, RangeIndicator.High), (found.Value.Value, found.Value.LowerLimit, found.Value.UpperLimit, found.Value.RangeIndicator));
        Assert.Equal(("b", 30, RangeIndicator.Normal), (found.Baseline.SourceResultId, found.Baseline.Value, found.Baseline.RangeIndicator));
    }

    [Fact]
    public async Task ExplainGrade_ResultWithoutUpperLimit_SaysWhyThereIsNoGrade()
    {
        var result = Trial.Alt("d", "130", "2021-03-05");
        result.ReferenceHigh = "";
        var trial = await Graded(Trial.Alt("b", "30", "2021-02-28"), result);

        var found = (await Explain(trial, "d")).Explanations.Single();

        Assert.False(found.HasGrade);
        Assert.Equal("UPPER_LIMIT_MISSING", found.NotGradableReason);
        Assert.NotEmpty(found.Rule);
        Assert.False(found.Value.HasUpperLimit);
    }

    [Fact]
    public async Task ExplainGrade_NormalResult_IsGrade0WithTheRulesNoneOfWhichHeld()
    {
        var trial = await Graded(Trial.Alt("b", "30", "2021-02-28"), Trial.Alt("d", "31", "2021-03-05"));

        var found = (await Explain(trial, "d")).Explanations.Single();

        Assert.True(found.HasGrade);
        Assert.Equal((0, ""), (found.Grade, found.NotGradableReason));
        Assert.NotEmpty(found.Rule);
    }

    [Fact]
    public async Task ExplainGrade_TestWithTermsInBothDirections_ExplainsEach()
    {
        var trial = await Graded(Trial.Potassium("d", "6.2", "2021-03-05"));

        var found = (await Explain(trial, "d")).Explanations;

        Assert.Equal(["Hyperkalemia", "Hypokalemia"], found.Select(explanation => explanation.Term).Order());
        Assert.Equal(3, found.Single(explanation => explanation.Direction == ToxicityDirection.High).Grade);
        Assert.Equal(0, found.Single(explanation => explanation.Direction == ToxicityDirection.Low).Grade);
    }

    [Fact]
    public async Task ExplainGrade_ResultReportedInUsUnits_IsGradedByTheUsNumbers()
    {
        var glucose = new LabResult
        {
            SourceResultId = "d",
            SubjectId = "01",
            TestCode = "GLUC",
            ReportedValue = "35",
            ReportedUnit = "mg/dL",
            ReferenceLow = "70",
            ReferenceHigh = "100",
            CollectedAt = "2021-03-05",
        };
        var trial = await Graded(glucose);

        var found = (await Explain(trial, "d")).Explanations.Single(explanation => explanation.Term == "Hypoglycemia");

        Assert.Equal(("US", 3, 35, "mg/dL"), (found.UnitSystem, found.Grade, found.Value.Value, found.Value.Unit));
    }

    [Fact]
    public async Task ExplainGrade_Bound_SaysThatTheGradeIsTheLeast()
    {
        var trial = await Graded(Trial.Alt("d", ">200", "2021-03-05"));

        var found = (await Explain(trial, "d")).Explanations.Single();

        Assert.Equal((3, true, ">", 200), (found.Grade, found.AtLeast, found.Value.Qualifier, found.Value.Value));
        Assert.Equal(RangeIndicator.High, found.Value.RangeIndicator);
        Assert.False(found.HasPercentChange);
    }

    [Fact]
    public async Task ExplainGrade_FactOfTheSubject_DecidesAndIsShown()
    {
        var trial = await Trial.Create(server);
        await trial.Studies.ImportSubjectsAsync(new ImportSubjectsRequest
        {
            StudyId = trial.StudyId,
            Subjects =
            {
                new Subject { SubjectId = "on", FirstDoseAt = "2021-03-01", OnAnticoagulation = YesNo.Yes },
                new Subject { SubjectId = "off", FirstDoseAt = "2021-03-01", OnAnticoagulation = YesNo.No },
            },
        });
        foreach (var subject in new[] { "on", "off" })
        {
            await trial.Submit(Inr($"{subject}-b", "0.9", "2021-02-28", subject), Inr($"{subject}-d", "1.1", "2021-03-05", subject));
        }

        await trial.Grade();

        var (on, off) = ((await Explain(trial, "on-d")).Explanations.Single(), (await Explain(trial, "off-d")).Explanations.Single());
        Assert.Equal((1, 0), (on.Grade, off.Grade));
        Assert.Equal(["ON_ANTICOAGULATION"], on.Facts);
        Assert.Empty(off.Facts);
        Assert.Equal(22.2222222222222, on.PercentChange, 10);
    }

    [Fact]
    public async Task ExplainGrade_UnitNoCriterionNames_SaysByWhatTheNumbersWereMultiplied()
    {
        var platelets = new LabResult
        {
            SourceResultId = "d",
            SubjectId = "01",
            TestCode = "PLAT",
            ReportedValue = "60000",
            ReportedUnit = "/uL",
            ReferenceLow = "150000",
            CollectedAt = "2021-03-05",
        };
        var trial = await Graded(platelets);

        var found = (await Explain(trial, "d")).Explanations.Single();

        Assert.Equal((2, "/uL", 60000d), (found.Grade, found.Value.Unit, found.Value.Value));
        Assert.Equal(("10*3/uL", 60d), (found.CriterionUnit, found.Value.Value * found.Factor));
    }

    [Fact]
    public async Task ExplainGrade_TestNoTermLooksAt_IsEmptyOnceGraded()
    {
        var result = Trial.Alt("d", "130", "2021-03-05");
        (result.TestCode, result.ReportedUnit) = ("CEA", "ng/mL");
        var trial = await Graded(result);

        Assert.Empty((await Explain(trial, "d")).Explanations);
    }

    [Fact]
    public async Task ExplainGrade_AmendedResult_ExplainsTheNewestVersion()
    {
        var trial = await Graded(Trial.Alt("b", "30", "2021-02-28"), Trial.Alt("d", "130", "2021-03-05"));
        var second = Trial.Alt("d", "38", "2021-03-05");
        second.Version = 2;
        await trial.Submit(second);

        await Refused.With(StatusCode.FailedPrecondition, "RESULT_NOT_GRADED_YET", () => Explain(trial, "d"));
        await trial.Grade();

        Assert.Equal((0, "38"), ((await Explain(trial, "d")).Explanations.Single().Grade, (await Explain(trial, "d")).Explanations.Single().Value.ReportedValue));
    }

    [Fact]
    public async Task ExplainGrade_ResultUnknownHeldOrNotGradedYet_SaysWhich()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit(Trial.Alt("new", "30"), Trial.Alt("held", "30", subject: "99"));

        var unknown = await Refused.With(StatusCode.NotFound, "RESULT_NOT_FOUND", () => Explain(trial, "no-such"));
        await Refused.With(StatusCode.FailedPrecondition, "RESULT_HELD", () => Explain(trial, "held"));
        await Refused.With(StatusCode.FailedPrecondition, "RESULT_NOT_GRADED_YET", () => Explain(trial, "new"));

        Assert.Equal(("result", "no-such"), (unknown.ResourceType, unknown.ResourceName));
    }

    [Fact]
    public async Task ExplainGrade_RuleSetNotOfTheStudyOrFieldsMissing_SaysWhich()
    {
        var trial = await Trial.Create(server, "ctcae-4.03");
        await trial.Submit(Trial.Alt("r1", "30"));

        var other = await Refused.With(StatusCode.FailedPrecondition, "RULE_SET_NOT_OF_STUDY", () => Explain(trial, "r1"));
        var noRuleSet = await Refused.With(StatusCode.InvalidArgument, "RULE_SET_MISSING", () => Explain(trial, "r1", ruleSet: ""));
        var noResult = await Refused.With(StatusCode.InvalidArgument, "RESULT_MISSING", () => Explain(trial, "", ruleSet: "ctcae-4.03"));
        var noStudy = await Refused.With(
            StatusCode.InvalidArgument, "STUDY_MISSING", trial.Grading.ExplainGradeAsync(new ExplainGradeRequest { SourceResultId = "r1" }));

        Assert.Contains("ctcae-4.03", other.Message, StringComparison.Ordinal);
        Assert.Equal(["rule_set_id", "source_result_id", "study_id"], [.. noRuleSet.Fields(), .. noResult.Fields(), .. noStudy.Fields()]);
    }

    [Fact]
    public async Task ExplainGrade_TwoLaboratoriesUseTheSameId_TheLaboratoryMustBeNamed()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.SubmitFrom("CENTRAL", Trial.Alt("r1", "30", "2021-02-28"));
        await trial.SubmitFrom("LOCAL", Trial.Alt("r1", "130", "2021-03-05"));
        await trial.Grade();

        await Refused.With(StatusCode.FailedPrecondition, "LABORATORY_NEEDED", () => Explain(trial, "r1"));
        var local = (await Explain(trial, "r1", laboratory: "LOCAL")).Explanations.Single();

        Assert.Equal((2, "LOCAL", "CENTRAL"), (local.Grade, local.Value.Laboratory, local.Baseline.Laboratory));
    }

    private static LabResult Inr(string id, string value, string collectedAt, string subject) => new()
    {
        SourceResultId = id,
        SubjectId = subject,
        TestCode = "INR",
        ReportedValue = value,
        CollectedAt = collectedAt,
    };

    private async Task<Trial> Graded(params LabResult[] results)
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit(results);
        await trial.Grade();
        return trial;
    }

    private static async Task<ExplainGradeResponse> Explain(Trial trial, string id, string laboratory = "", string ruleSet = "ctcae-5.0") =>
        await trial.Grading.ExplainGradeAsync(
            new ExplainGradeRequest { StudyId = trial.StudyId, Laboratory = laboratory, SourceResultId = id, RuleSetId = ruleSet });
}

using LabServer.Core.Grading;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Grading;

public sealed class ExplainTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Explain_GradedWithBaseline_HasAllItTakesToRecomputeIt()
    {
        await _subjects.BringGraded("EXP-1");

        var grade = Assert.Single((await _subjects.Done("grading explain --study EXP-1 --result A2 --rule-set ctcae-5.0 --format json")).Json.AsArray())!;

        Assert.Equal(
            """{"ruleSet":"ctcae-5.0","term":"Alanine aminotransferase increased","direction":"high","grade":2,"notGradableReason":"","criterionId":"ALT.high"}""",
            $$"""{"ruleSet":"{{grade["ruleSet"]}}","term":"{{grade["term"]}}","direction":"{{grade["direction"]}}","grade":{{grade["grade"]}},"notGradableReason":"{{grade["notGradableReason"]}}","criterionId":"{{grade["criterionId"]}}"}""");
        Assert.Equal(RuleSets.Find("ctcae-5.0")!.Hash, grade["ruleSetSha256"]!.GetValue<string>());
        Assert.StartsWith("grade 2: value > 3 × ULN and value ≤ 5 × ULN", grade["rule"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(
            """{"laboratory":"LAB","sourceResultId":"A2","reportedValue":"130","reportedUnit":"U/L","collectedAt":"2020-03-10","value":130,"lowerLimit":7,"upperLimit":40,"unit":"U/L","rangeIndicator":"HIGH","qualifier":"","fasting":"","specimenCondition":"","rangeSource":"RESULT","laboratoryRange":null}""",
            grade["value"]!.ToJsonString());
        Assert.Equal(
            """{"laboratory":"LAB","sourceResultId":"A1","reportedValue":"30","reportedUnit":"U/L","collectedAt":"2020-03-01","value":30,"lowerLimit":7,"upperLimit":40,"unit":"U/L","rangeIndicator":"NORMAL","qualifier":"","fasting":"","specimenCondition":"","rangeSource":"RESULT","laboratoryRange":null}""",
            grade["baseline"]!.ToJsonString());
    }

    [Fact]
    public async Task Explain_AsText_SaysItInWords()
    {
        await _subjects.BringGraded("EXP-2");

        var lines = (await _subjects.Done("grading explain --study EXP-2 --result A2 --rule-set ctcae-5.0")).Output.Split('\n');

        Assert.Equal("Alanine aminotransferase increased (high): grade 2", lines[0]);
        Assert.Contains("  criterion ALT.high", lines);
        Assert.Contains(
            "  value     130 U/L, lower limit 7, upper limit 40, HIGH, limits sent with the result; reported as 130 U/L, collected 2020-03-10, result A2 of LAB", lines);
        Assert.Contains(
            "  baseline  30 U/L, lower limit 7, upper limit 40, NORMAL, limits sent with the result; reported as 30 U/L, collected 2020-03-01, result A1 of LAB", lines);
        Assert.Contains($"  rule set  ctcae-5.0 version {RuleSets.Find("ctcae-5.0")!.Version}, sha256 {RuleSets.Find("ctcae-5.0")!.Hash}", lines);
    }

    [Fact]
    public async Task Explain_NotGradable_SaysWhyAndHasNoGrade()
    {
        await _subjects.BringGraded("EXP-3");

        var text = await _subjects.Done("grading explain --study EXP-3 --result C3 --rule-set ctcae-5.0");
        var grade = Assert.Single((await _subjects.Done("grading explain --study EXP-3 --result C3 --rule-set ctcae-5.0 --format json")).Json.AsArray())!;
        var csv = await _subjects.Done("grading explain --study EXP-3 --result C3 --rule-set ctcae-5.0 --format csv");

        Assert.StartsWith(
            "Aspartate aminotransferase increased (high): not gradable, UPPER_LIMIT_MISSING\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("lower limit none, upper limit none; reported as 50 U/L", text.Output, StringComparison.Ordinal);
        Assert.Contains("  baseline  none", text.Output, StringComparison.Ordinal);
        Assert.Equal((null, "UPPER_LIMIT_MISSING", null), (grade["grade"]?.ToString(), grade["notGradableReason"]!.ToString(), grade["baseline"]?.ToString()));
        Assert.Contains(",Aspartate aminotransferase increased,high,,UPPER_LIMIT_MISSING,AST.high,", csv.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_TestOfTwoTerms_ExplainsBothWithTheNumbersOfItsUnit()
    {
        await _subjects.BringGraded("EXP-4");

        var call = await _subjects.Done("grading explain --study EXP-4 --result A3 --rule-set ctcae-5.0 --format json");

        Assert.Equal(["Anemia", "Hemoglobin increased"], call.Each("term"));
        Assert.Equal(["2", "0"], call.Each("grade"));
        Assert.Equal(["US", "US"], call.Each("unitSystem"));
    }

    [Fact]
    public async Task Explain_NotThereToExplain_FailsWithItsReason()
    {
        await _subjects.Bring("EXP-5");
        await _subjects.Push("EXP-5", FourSubjects.Header + "H1,001,NOTEST,1,,,,2020-03-10,DAY 10\n");

        await _subjects.Fails("grading explain --study EXP-5 --result A2 --rule-set ctcae-5.0", "RESULT_NOT_GRADED_YET", "A2");
        await _subjects.Fails("grading explain --study EXP-5 --result H1 --rule-set ctcae-5.0", "RESULT_HELD", "H1");
        await _subjects.Fails("grading explain --study EXP-5 --result NONE --rule-set ctcae-5.0", "RESULT_NOT_FOUND", "NONE");
        await _subjects.Fails("grading explain --study EXP-5 --result A2 --rule-set ctcae-5.0 --laboratory OTHER", "RESULT_NOT_FOUND", "A2");
        await _subjects.Fails("grading explain --study EXP-5 --result A2 --rule-set ctcae-4.03", "RULE_SET_NOT_OF_STUDY", "it is under ctcae-5.0");
    }

    [Fact]
    public async Task RuleSets_InAllFormats_AreTheProgramsOwn()
    {
        var known = RuleSets.All;

        var json = await _subjects.Done("grading rule-sets --format json");
        var csv = await _subjects.Done("grading rule-sets --format csv");
        var table = await _subjects.Done("grading rule-sets");

        Assert.Equal(known.Select(set => set.Name), json.Each("ruleSet"));
        Assert.Equal(known.Select(set => $"{set.Version}"), json.Each("version"));
        Assert.Equal(known.Select(set => set.Hash), json.Each("sha256"));
        Assert.All(known, set => Assert.Contains($",{set.Terms.Count},{set.Hash},{set.Version},", csv.Output, StringComparison.Ordinal));
        Assert.Equal(["rule set", "title", "terms", "sha256", "version"], table.Table[0]);
        Assert.Equal(known.Select(set => set.Title), table.Table.Skip(1).Select(row => row[1]));
    }
}

using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

/// <summary>Rows of a conformance file: text in, one answer out, whatever the row holds.</summary>
public class EvaluationTests
{
    private static readonly RuleSet Five = RuleSets.Find("ctcae-5.0")!;

    private static readonly EvaluationRow Potassium = new("7", "hypokalemia", "3.1", "mmol/L", "3.5", "5.1", null, null, null, null, null, null);

    [Fact]
    public void Evaluate_GradedRow_SpellsTheTermAsTheRuleSet() =>
        Assert.Equal(new EvaluationResult("7", "Hypokalemia", "low", "2", ""), new Evaluation(Five).Evaluate(Potassium));

    [Theory]
    [InlineData("GI/L")]
    [InlineData("10^9/L")]
    [InlineData("x10E9/L")]
    [InlineData("THOU/uL")]
    [InlineData(" 10*9/L ")]
    public void Evaluate_UnitSynonym_IsUnderstood(string unit) =>
        Assert.Equal("4", new Evaluation(Five).Evaluate(new EvaluationRow("1", "Platelet count decreased", "20", unit, "", "", "", "", "", "", "", "")).Grade);

    [Fact]
    public void Evaluate_BaselineAboveItsRange_TakesTheBaselineRules() =>
        Assert.Equal("2", new Evaluation(Five).Evaluate(new EvaluationRow("1", "Alanine Aminotransferase Increased", "200", "", "", "40", "60", "5", "40", "F", "1970-01", "")).Grade);

    [Theory]
    [InlineData("", "VALUE_MISSING")]
    [InlineData("NA", "VALUE_MISSING")]
    [InlineData(".", "VALUE_MISSING")]
    [InlineData("<", "VALUE_MALFORMED")]
    [InlineData("<x", "VALUE_MALFORMED")]
    [InlineData("3,1", "VALUE_MALFORMED")]
    [InlineData("1e400", "VALUE_NOT_A_NUMBER")]
    [InlineData("NaN", "VALUE_NOT_A_NUMBER")]
    public void Evaluate_ValueThatIsNoNumber_HasAReason(string value, string reason) =>
        Assert.Equal(new EvaluationResult("7", "Hypokalemia", "low", "", reason), new Evaluation(Five).Evaluate(Potassium with { Value = value }));

    [Theory]
    [InlineData("<2.5", "4", "")]
    [InlineData("<=2.5", "", "AT_LEAST_3")]
    [InlineData("<3", "", "AT_LEAST_3")]
    [InlineData("<3.5", "", "AT_LEAST_2")]
    [InlineData("<4", "", "BOUND_UNDECIDED")]
    [InlineData(">=3.5", "0", "")]
    [InlineData("> 3.0", "", "BOUND_UNDECIDED")]
    public void Evaluate_Bound_IsGradedWhereItIsCertain(string value, string grade, string reason) =>
        Assert.Equal(new EvaluationResult("7", "Hypokalemia", "low", grade, reason), new Evaluation(Five).Evaluate(Potassium with { Value = value }));

    [Theory]
    [InlineData("Y", "1", "")]
    [InlineData("N", "0", "")]
    [InlineData("", "0", "")]
    [InlineData("maybe", "", "ON_ANTICOAGULATION_MALFORMED")]
    public void Evaluate_Anticoagulation_IsAFactOfTheRow(string fact, string grade, string reason)
    {
        var inr = new EvaluationRow("1", "INR increased", "1.1", "", "", "", "0.9", "", "", "", "", "") { OnAnticoagulation = fact };

        var result = new Evaluation(Five).Evaluate(inr);

        Assert.Equal((grade, reason), (result.Grade, result.Reason));
    }

    [Fact]
    public void Evaluate_EachMalformedOrMissingField_IsNamed()
    {
        var evaluation = new Evaluation(Five);

        Assert.Equal("LLN_MALFORMED", evaluation.Evaluate(Potassium with { LowerLimit = "x" }).Reason);
        Assert.Equal("ULN_MALFORMED", evaluation.Evaluate(Potassium with { UpperLimit = "x" }).Reason);
        Assert.Equal("BASELINE_MALFORMED", evaluation.Evaluate(Potassium with { Baseline = "x" }).Reason);
        Assert.Equal("BASELINE_LLN_MALFORMED", evaluation.Evaluate(Potassium with { BaselineLowerLimit = "x" }).Reason);
        Assert.Equal("BASELINE_ULN_MALFORMED", evaluation.Evaluate(Potassium with { BaselineUpperLimit = "x" }).Reason);
        Assert.Equal("LOWER_LIMIT_MISSING", evaluation.Evaluate(Potassium with { LowerLimit = null }).Reason);
        Assert.Equal("UNIT_MISSING", evaluation.Evaluate(Potassium with { Unit = null }).Reason);
        Assert.Equal("UNIT_UNKNOWN", evaluation.Evaluate(Potassium with { Unit = "furlong" }).Reason);
        Assert.Equal(new EvaluationResult("7", "no such term", "", "", "TERM_UNKNOWN"), evaluation.Evaluate(Potassium with { Term = "no such term" }));
        Assert.Equal(new EvaluationResult("", "", "", "", "TERM_UNKNOWN"), evaluation.Evaluate(default));
    }

    [Theory]
    [InlineData("M", "1990-01-01", "2020-01-01", "1", "")]
    [InlineData("m", "1990-01-01", "2020-01-01T08:15", "1", "")]
    [InlineData("F", "1990-01-01", "2020-01-01", "", "POPULATION_NOT_GRADED")]
    [InlineData("", "1990-01-01", "2020-01-01", "", "SEX_MISSING")]
    [InlineData("U", "1990-01-01", "2020-01-01", "", "SEX_MISSING")]
    [InlineData("X", "1990-01-01", "2020-01-01", "", "SEX_MALFORMED")]
    [InlineData("M", "1990-01", "2020-01-01", "", "BIRTH_DATE_MALFORMED")]
    [InlineData("M", "1990-01-01", "2020-02-30", "", "COLLECTED_ON_MALFORMED")]
    [InlineData("M", "", "2020-01-01", "", "BIRTH_DATE_MISSING")]
    public void Evaluate_TermByAgeAndSex_ReadsBoth(string sex, string birth, string collected, string grade, string reason)
    {
        var ruleSet = SmallRuleSets.Read(SmallRuleSets.File("low", "HGB", """
            { "id": "M", "unit": "g/L", "system": "SI", "population": { "ageFrom": { "years": 13 }, "sex": "M" }, "grades": [{ "grade": 1, "text": "t", "when": [{ "value": { "<=": 109 } }] }] }
            """));

        var result = new Evaluation(ruleSet).Evaluate(new EvaluationRow("1", "Small", "100", "g/L", "", "", "", "", "", sex, birth, collected));

        Assert.Equal((grade, reason), (result.Grade, result.Reason));
    }

    [Fact]
    public void Evaluate_ManyRows_AllocatesNothingPerRow()
    {
        var evaluation = new Evaluation(Five);
        EvaluationRow[] rows =
        [
            Potassium,
            Potassium with { Unit = "furlong" },
            new EvaluationRow("2", "ANEMIA", "95", "g/L", "120", "", "", "", "", "", "", ""),
            new EvaluationRow("3", "GGT increased", "95", "", "", "40", "50", "", "40", "", "", ""),
        ];
        foreach (var row in rows)
        {
            evaluation.Evaluate(row);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            evaluation.Evaluate(rows[i % rows.Length]);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }
}

using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

/// <summary>One test for each point of docs/quirks.md: where the leading tool does something odd, and what is done here.</summary>
public partial class QuirksTests
{
    private static GradeOutcome Grade(string set, string term, GradeInput input) => Grader.Grade(RuleSets.Find(set)!.Find(term)!, input);

    // 1
    [Theory]
    [InlineData("ctcae-5.0")]
    [InlineData("ctcae-6.0")]
    public void BaselineHigh_ItsValueMissing_IsNotGradable(string set) => Assert.Equal(
        "BASELINE_MISSING",
        Grade(set, "Alanine aminotransferase increased", new GradeInput { Value = 1000, UpperLimit = 40, BaselineIndicator = RangeIndicator.High }).ToString());

    // 2
    [Theory]
    [InlineData("Phosphate, Low", 0.9, "mmol/L", "2006-06-16", "M", "2")]
    [InlineData("Phosphate, Low", 0.9, "mmol/L", "2006-06-15", "M", "1")]
    [InlineData("Hemoglobin, Low", 102, "g/L", "1980-01-01", "", "SEX_MISSING")]
    [InlineData("Hemoglobin, Low", 102, "g/L", "1980-01-01", "UNDIFFERENTIATED", "POPULATION_NOT_GRADED")]
    [InlineData("Hemoglobin, Low", 102, "g/L", "2010-01-01", "", "1")]
    public void DaidsSubject_BetweenThePopulations_HasAnAnswer(string term, double value, string unit, string birth, string sex, string expected)
    {
        var row = new EvaluationRow("1", term, $"{value}", unit, "1.2", "", "", "", "", sex, birth, "2021-06-15");

        var answer = new Evaluation(RuleSets.Find("daids-2.1")!).Evaluate(row);

        Assert.Equal(expected, answer.Grade + answer.Reason);
    }

    // 3
    [Theory]
    [InlineData("Total Bilirubin, High")]
    [InlineData("Amylase, High")]
    public void DaidsMultiple_FormedInDecimals_IsReached(string term) => Assert.Equal(
        1,
        Grade("daids-2.1", term, new GradeInput { Value = 1.21, UpperLimit = 1.1, BirthDate = new(1980, 1, 1), CollectedOn = new(2021, 6, 15) }).Grade);

    // 4
    [Theory]
    [InlineData(120, 1)]
    [InlineData(119.9, 0)]
    public void Ggt5_TwiceAHighBaseline_IsGradeOne(double value, int grade) => Assert.Equal(
        grade,
        Grade("ctcae-5.0", "GGT increased", new GradeInput { Value = value, UpperLimit = 40, Baseline = 60, BaselineUpperLimit = 40 }).Grade);

    // 5
    [Theory]
    [InlineData("ctcae-4.03", "Hypertriglyceridemia")]
    [InlineData("ctcae-5.0", "Hypertriglyceridemia")]
    [InlineData("ctcae-6.0", "Hypertriglyceridemia")]
    [InlineData("daids-2.1", "Triglycerides, Fasting, High")]
    public void Triglycerides_AtTheLowestNumber_AreGradeOne(string set, string term)
    {
        Assert.Equal(1, Grade(set, term, new GradeInput { Value = 150, Unit = "mg/dL" }).Grade);
        Assert.Equal(1, Grade(set, term, new GradeInput { Value = 1.71, Unit = "mmol/L" }).Grade);
        Assert.Equal(0, Grade(set, term, new GradeInput { Value = 149.9, Unit = "mg/dL" }).Grade);
    }

    // 6
    [Theory]
    [InlineData("ctcae-5.0", 129.5, 1)]
    [InlineData("ctcae-5.0", 129, 3)]
    [InlineData("ctcae-6.0", 129.5, 3)]
    [InlineData("ctcae-6.0", 130, 1)]
    public void Sodium_BetweenWholeNumbers_HasNotReachedTheWorseCell(string set, double value, int grade) => Assert.Equal(
        grade, Grade(set, "Hyponatremia", new GradeInput { Value = value, Unit = "mmol/L", LowerLimit = 135 }).Grade);

    // 7
    [Theory]
    [InlineData(49.5, "0")]
    [InlineData(49, "2")]
    [InlineData(25.5, "2")]
    [InlineData(25, "3")]
    [InlineData(10, "3")]
    [InlineData(9.9, "NOT_GRADED")]
    public void CreatinineClearance_BetweenWholeNumbers_HasNotReachedTheWorseCell(double value, string expected) => Assert.Equal(
        expected, Grade("ctcae-6.0", "Creatinine clearance decreased", new GradeInput { Value = value, Unit = "mL/min" }).ToString());

    // 8
    [Theory]
    [InlineData("Alanine aminotransferase increased")]
    [InlineData("Aspartate aminotransferase increased")]
    public void Transaminase6_BaselineAboveFiveTimesUln_IsGradeThreeAsBelow(string term)
    {
        Assert.Equal(3, Grade("ctcae-6.0", term, High(630, 300)).Grade);
        Assert.Equal(3, Grade("ctcae-6.0", term, High(168, 80)).Grade);
        Assert.Contains("up to 5 × ULN", RuleSets.Find("ctcae-6.0")!.Find(term)!.Criteria[0].Note, StringComparison.Ordinal);
    }

    // 9
    [Theory]
    [InlineData(190, 0)]
    [InlineData(200, 1)]
    [InlineData(300, 1)]
    [InlineData(301, 2)]
    public void Transaminase6_BelowAHighBaseline_IsNotWorse(double value, int grade) =>
        Assert.Equal(grade, Grade("ctcae-6.0", "Alanine aminotransferase increased", High(value, 200)).Grade);

    // 10
    [Theory]
    [InlineData("ctcae-4.03", 1.0, 0.9, GradeFacts.None, "0")]
    [InlineData("ctcae-5.0", 1.0, 0.9, GradeFacts.None, "0")]
    [InlineData("ctcae-6.0", 1.0, 0.9, GradeFacts.None, "0")]
    [InlineData("ctcae-6.0", 1.0, null, GradeFacts.None, "0")]
    [InlineData("ctcae-6.0", 1.0, 0.9, GradeFacts.OnAnticoagulation, "1")]
    [InlineData("ctcae-6.0", 1.0, null, GradeFacts.OnAnticoagulation, "BASELINE_MISSING")]
    public void Inr_AnticoagulationNotStated_IsJudgedWithoutTheBaseline(string set, double value, double? baseline, GradeFacts facts, string expected) =>
        Assert.Equal(expected, Grade(set, "INR increased", new GradeInput { Value = value, UpperLimit = 1.1, Baseline = baseline, Facts = facts }).ToString());

    // 11
    [Fact]
    public void Inr_FileWithoutBaselineColumn_IsAnswered() => Assert.Equal(
        new EvaluationResult("1", "INR increased", "high", "1", ""),
        new Evaluation(RuleSets.Find("ctcae-4.03")!).Evaluate(new EvaluationRow("1", "INR increased", "1.3", null, null, "1.1", null, null, null, null, null, null)));

    private static GradeInput High(double value, double baseline) => new()
    {
        Value = value,
        UpperLimit = 40,
        Baseline = baseline,
        BaselineLowerLimit = 5,
        BaselineUpperLimit = 40,
    };
}

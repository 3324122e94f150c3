using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

/// <summary>Where the published text decides over the habit of other tools, and what an outcome carries.</summary>
public class GraderTests
{
    private static GradeOutcome Grade(string ruleSet, string term, GradeInput input) => Grader.Grade(RuleSets.Find(ruleSet)!.Find(term)!, input);

    private static GradeOutcome Grade5(string term, GradeInput input) => Grade("ctcae-5.0", term, input);

    [Theory]
    [InlineData("Alanine aminotransferase increased")]
    [InlineData("Aspartate aminotransferase increased")]
    [InlineData("Alkaline phosphatase increased")]
    [InlineData("Blood bilirubin increased")]
    [InlineData("GGT increased")]
    public void BaselineHigh_WithoutItsValue_IsNotGradable(string term) =>
        Assert.Equal(NotGradableReason.BaselineMissing, Grade5(term, new GradeInput { Value = 1000, UpperLimit = 40, BaselineIndicator = RangeIndicator.High }).Reason);

    [Fact]
    public void BaselineHigh_WithoutUln_IsGradedByTheBaseline() =>
        Assert.Equal(2, Grade5("Alanine aminotransferase increased", new GradeInput { Value = 250, Baseline = 60, BaselineIndicator = RangeIndicator.High }).Grade);

    [Theory]
    [InlineData("120", 1)]
    [InlineData("119.9", 0)]
    public void Ggt5_TwiceAHighBaseline_IsGradeOne(string value, int grade) => Assert.Equal(
        grade,
        Grade5("GGT increased", new GradeInput { Value = double.Parse(value, System.Globalization.CultureInfo.InvariantCulture), UpperLimit = 40, Baseline = 60, BaselineUpperLimit = 40 }).Grade);

    [Theory]
    [InlineData(150, "mg/dL", "1")]
    [InlineData(149.9, "mg/dL", "0")]
    [InlineData(1.71, "mmol/L", "1")]
    [InlineData(1.709, "mmol/L", "0")]
    public void Triglycerides_AtThePublishedNumber_AreGradeOne(double value, string unit, string expected) =>
        Assert.Equal(expected, Grade5("Hypertriglyceridemia", new GradeInput { Value = value, Unit = unit }).ToString());

    [Theory]
    [InlineData(1.0, null, GradeFacts.None, "0")]
    [InlineData(1.0, 0.9, GradeFacts.None, "0")]
    [InlineData(1.0, 0.9, GradeFacts.OnAnticoagulation, "1")]
    [InlineData(1.0, null, GradeFacts.OnAnticoagulation, "BASELINE_MISSING")]
    [InlineData(2.6, null, GradeFacts.None, "3")]
    public void Inr5_WithoutAnticoagulation_IsJudgedByItsNumberAlone(double value, double? baseline, GradeFacts facts, string expected) =>
        Assert.Equal(expected, Grade5("INR increased", new GradeInput { Value = value, Baseline = baseline, Facts = facts }).ToString());

    [Theory]
    [InlineData(130, "1")]
    [InlineData(129.5, "1")]
    [InlineData(129, "3")]
    public void Sodium5_BetweenTheWholeNumbersOfTheText_StaysGradeOne(double value, string expected) =>
        Assert.Equal(expected, Grade5("Hyponatremia", new GradeInput { Value = value, Unit = "mmol/L", LowerLimit = 135 }).ToString());

    [Fact]
    public void Fibrinogen403_BaselineOfZero_HasNoPercentChange() => Assert.Equal(
        NotGradableReason.PercentChangeUndefined,
        Grade("ctcae-4.03", "Fibrinogen decreased", new GradeInput { Value = 3, Unit = "g/L", LowerLimit = 2, Baseline = 0 }).Reason);

    [Theory]
    [InlineData(1.1, 1.1, 1.21)]
    [InlineData(3.0, 0.1, 0.3)]
    [InlineData(2.5, 1.17, 2.925)]
    public void Multiple_FormedByHand_EqualsTheThreshold(double times, double uln, double value)
    {
        var threshold = new Threshold(ThresholdBasis.UpperLimit, (decimal)times, 0m, 0m);

        Assert.Equal(0, ThresholdComparison.Compare(value, uln, threshold, UnitFactor.One));
    }

    [Theory]
    [InlineData(double.NaN, 40.0)]
    [InlineData(double.PositiveInfinity, 40.0)]
    [InlineData(double.NegativeInfinity, 40.0)]
    [InlineData(100.0, double.NaN)]
    [InlineData(100.0, double.PositiveInfinity)]
    public void NotANumber_InValueOrLimit_IsNotGradable(double value, double uln) =>
        Assert.Equal(NotGradableReason.ValueNotANumber, Grade5("CPK increased", new GradeInput { Value = value, UpperLimit = uln }).Reason);

    [Theory]
    [InlineData(1e300, 1e-300, 4)]
    [InlineData(1.7e308, 1.6e308, 1)]
    [InlineData(1.7e308, 1.7e308, 0)]
    [InlineData(1e-300, 1e-300, 0)]
    [InlineData(-1e300, 40, 0)]
    public void SizesBeyondDecimal_AreGradedWithoutFailing(double value, double uln, int grade) =>
        Assert.Equal(grade, Grade5("CPK increased", new GradeInput { Value = value, UpperLimit = uln }).Grade);

    [Fact]
    public void Outcome_OfAGrade_SaysWhichRuleHeld()
    {
        var outcome = Grade5("Alanine aminotransferase increased", new GradeInput { Value = 350, UpperLimit = 40, Baseline = 60, BaselineUpperLimit = 40 });

        Assert.Equal(3, outcome.Grade);
        Assert.Null(outcome.Reason);
        Assert.Equal("ALT.high", outcome.CriterionId);
        Assert.Equal(1, outcome.Alternative);
        Assert.Equal("value > 5 × baseline and value ≤ 20 × baseline (baseline high)", outcome.Rule!.When[1].ToString());
        Assert.Equal(">5.0 - 20.0 × ULN if baseline was normal; >5.0 - 20.0 × baseline if baseline was abnormal", outcome.Text);
    }

    [Fact]
    public void Outcome_Default_IsNotGradable()
    {
        Assert.False(default(GradeOutcome).IsGradable);
        Assert.Null(default(GradeOutcome).Grade);
        Assert.Equal(NotGradableReason.NotEvaluated, default(GradeOutcome).Reason);
    }

    [Fact]
    public void Criterion_InWords_HasOneLineAGrade() => Assert.Equal(
        """
        HGB.high.g/L, g/L (SI)
        grade 3: value > baseline + 40 (baseline > ULN) or value > ULN + 40 (no baseline > ULN)
        grade 2: value > baseline + 20 and value ≤ baseline + 40 (baseline > ULN) or value > ULN + 20 and value ≤ ULN + 40 (no baseline > ULN)
        grade 1: value > baseline and value ≤ baseline + 20 (baseline > ULN) or value > ULN and value ≤ ULN + 20 (no baseline > ULN)
        """,
        RuleSets.Find("ctcae-4.03")!.Find("Hemoglobin increased")!.Criteria[0].Describe());
}

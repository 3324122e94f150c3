using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

/// <summary>Shapes of CTCAE 6.0 and DAIDS 2.1 that 4.03 and 5.0 do not have: the model must be able to say each of them.</summary>
public class CriterionShapesTests
{
    private static readonly Term AlpOf6 = SmallRuleSets.Term("high", "ALP", """
        { "id": "ALP", "grades": [{ "grade": 1, "text": "above baseline and ULN", "when": [{ "value": { ">": ["baseline", "ULN"] } }] }] }
        """);

    [Theory]
    [InlineData(130, 120.0, 100.0, "1")]
    [InlineData(120, 120.0, 100.0, "0")]
    [InlineData(100, 90.0, 100.0, "0")]
    [InlineData(110, 120.0, null, "0")]
    [InlineData(130, 120.0, null, "UPPER_LIMIT_MISSING")]
    [InlineData(90, null, 100.0, "0")]
    [InlineData(130, null, 100.0, "BASELINE_MISSING")]
    [InlineData(130, null, null, "UPPER_LIMIT_MISSING")]
    public void AboveBaselineAndUln_FalseBeatsUnknown(double value, double? baseline, double? uln, string expected) =>
        Assert.Equal(expected, Grader.Grade(AlpOf6, new GradeInput { Value = value, Baseline = baseline, UpperLimit = uln }).ToString());

    private static readonly Term CreatinineOf6 = SmallRuleSets.Term("high", "CREAT", """
        {
          "id": "CREAT",
          "grades": [
            { "grade": 1, "text": ">1.0 - 1.5 × ULN", "when": [{ "value": { ">": "ULN", "<=": { "timesUln": 1.5 } } }] },
            { "grade": 2, "text": ">1.5 - 3.0 × ULN; × baseline if baseline was low", "when": [
              { "ifBaseline": "notLow", "value": { ">": { "timesUln": 1.5 }, "<=": { "timesUln": 3 } } },
              { "ifBaseline": "low", "value": { ">": { "timesBaseline": 1.5 }, "<=": { "timesBaseline": 3 } } }] },
            { "grade": 3, "text": ">3.0 - 6.0 × ULN; >3.0 × baseline if baseline was low", "when": [
              { "ifBaseline": "notLow", "value": { ">": { "timesUln": 3 }, "<=": { "timesUln": 6 } } },
              { "ifBaseline": "low", "value": { ">": { "timesBaseline": 3 } } }] },
            { "grade": 4, "text": ">6.0 × ULN", "when": [{ "value": { ">": { "timesUln": 6 } } }] }
          ]
        }
        """);

    [Theory]
    [InlineData(75, 40, RangeIndicator.Low, "2")]
    [InlineData(121, 40, RangeIndicator.Low, "3")]
    [InlineData(59, 40, RangeIndicator.Low, "0")]
    [InlineData(200, 90, RangeIndicator.Low, "2")]
    [InlineData(200, 90, RangeIndicator.Normal, "2")]
    [InlineData(75, 40, RangeIndicator.Normal, "0")]
    [InlineData(601, 400, RangeIndicator.Low, "4")]
    public void BaselineLow_SwitchesToMultiplesOfBaseline(double value, double baseline, RangeIndicator indicator, string expected) =>
        Assert.Equal(expected, Grader.Grade(CreatinineOf6, new GradeInput { Value = value, UpperLimit = 100, Baseline = baseline, BaselineIndicator = indicator }).ToString());

    private static readonly Term ClearanceOf6 = SmallRuleSets.Term("low", "CREATCLR", """
        {
          "id": "CREATCLR", "unit": "mL/min", "system": "SI",
          "notGraded": { "text": "reported as kidney injury", "when": [{ "value": { "<": 10 } }] },
          "grades": [
            { "grade": 2, "text": "≤49 - >25 mL/min", "when": [{ "value": { "<=": 49, ">": 25 } }] },
            { "grade": 3, "text": "≤25 - 10 mL/min", "when": [{ "value": { "<=": 25, ">=": 10 } }] }
          ]
        }
        """);

    [Theory]
    [InlineData(50, "0")]
    [InlineData(49, "2")]
    [InlineData(25.1, "2")]
    [InlineData(25, "3")]
    [InlineData(10, "3")]
    [InlineData(9.9, "NOT_GRADED")]
    public void NotGradedValues_AreNotGradableAndNeverZero(double value, string expected) =>
        Assert.Equal(expected, Grader.Grade(ClearanceOf6, new GradeInput { Value = value, Unit = "mL/min" }).ToString());

    private static readonly Term MagnesiumOfDaids = SmallRuleSets.Term("low", "MG", """
        { "id": "MG.mmol", "unit": "mmol/L", "system": "SI", "grades": [{ "grade": 1, "text": "<0.7 mmol/L", "when": [{ "value": { "<": 0.7 } }] }] },
        {
          "id": "MG.mg", "unit": "mg/dL", "system": "US",
          "grades": [
            { "grade": 1, "text": "<0.70 - 0.60 mmol/L", "when": [{ "value": { "<": { "times": 2.431, "of": 0.7 }, ">=": { "times": 2.431, "of": 0.6 } } }] },
            { "grade": 2, "text": "<0.60 mmol/L", "when": [{ "value": { "<": { "times": 2.431, "of": 0.6 } } }] }
          ]
        }
        """);

    [Theory]
    [InlineData(1.7017, "0")]
    [InlineData(1.7016, "1")]
    [InlineData(1.4586, "1")]
    [InlineData(1.4585, "2")]
    public void PublishedProduct_IsFormedExactly(double value, string expected) =>
        Assert.Equal(expected, Grader.Grade(MagnesiumOfDaids, new GradeInput { Value = value, Unit = "mg/dL" }).ToString());

    private static readonly Term FibrinogenOfDaids = SmallRuleSets.Term("low", "FIBRINO", """
        {
          "id": "FIBRINO", "unit": "g/L", "system": "SI",
          "grades": [
            { "grade": 3, "text": "<0.75 - 0.5 g/L; <0.5 - 0.25 × LLN", "when": [
              { "needs": "LLN", "value": { "<": 0.75, ">=": 0.5 } },
              { "value": { "<": { "timesLln": 0.5 }, ">=": { "timesLln": 0.25 } } }] },
            { "grade": 4, "text": "<0.5 g/L; <0.25 × LLN", "when": [{ "value": { "<": 0.5 } }, { "value": { "<": { "timesLln": 0.25 } } }] }
          ]
        }
        """);

    [Theory]
    [InlineData(0.6, 2.0, "3")]
    [InlineData(0.6, null, "LOWER_LIMIT_MISSING")]
    [InlineData(0.4, null, "4")]
    public void NumberThatNeedsTheLimit_WithoutIt_IsNotGradable(double value, double? lln, string expected) =>
        Assert.Equal(expected, Grader.Grade(FibrinogenOfDaids, new GradeInput { Value = value, Unit = "g/L", LowerLimit = lln }).ToString());
}

using LabServer.Core.Grading;

namespace LabServer.Core.Tests.Grading;

/// <summary>Published numbers per unit: the number of the result is converted where it must be, a threshold never.</summary>
public class UnitsTests
{
    [Theory]
    [InlineData("Hyperuricemia", 592, "umol/L", 420.0, "4", "URATE.high.umol/L")]
    [InlineData("Hyperuricemia", 9.953, "mg/dL", 7.0, "3", "URATE.high.mg/dL")]
    public void SameSample_InTwoUnits_IsGradedByTheNumbersOfEach(string term, double value, string unit, double uln, string expected, string criterion) =>
        Check("ctcae-4.03", term, new GradeInput { Value = value, Unit = unit, UpperLimit = uln }, expected, criterion);

    [Theory]
    [InlineData(7.0, "1")]
    [InlineData(6.2, "1")]
    [InlineData(6.19, "2")]
    [InlineData(4.9, "2")]
    [InlineData(4.89, "3")]
    public void Anemia_InMmol_HasItsOwnNumbers(double value, string expected) =>
        Check("ctcae-5.0", "Anemia", new GradeInput { Value = value, Unit = "mmol/L", LowerLimit = 7.5 }, expected, "HGB.low.mmol/L");

    // 1 mmol/L is 16.114 g/L: ULN 10.5 + 20 g/L is 11.741 mmol/L.
    [Theory]
    [InlineData(10.5, "0")]
    [InlineData(11.7, "1")]
    [InlineData(11.8, "2")]
    [InlineData(13.0, "3")]
    public void HemoglobinIncreased_InMmol_IsConvertedToSi(double value, string expected) =>
        Check("ctcae-5.0", "Hemoglobin increased", new GradeInput { Value = value, Unit = "mmol/L", UpperLimit = 10.5 }, expected, "HGB.high.g/L");

    [Theory]
    [InlineData("10*6/L", 3000, "0", "WBC.low.10*9/L")]
    [InlineData("10*6/L", 2999, "2", "WBC.low.10*9/L")]
    [InlineData("/uL", 2000, "2", "WBC.low.10*3/uL")]
    [InlineData("/uL", 1999, "3", "WBC.low.10*3/uL")]
    [InlineData("10*3/mL", 1999, "3", "WBC.low.10*3/mL")]
    public void Counts_InOtherUnits_GoToTheNumbersOfTheirSystem(string unit, double value, string expected, string criterion) =>
        Check("ctcae-5.0", "White blood cell decreased", new GradeInput { Value = value, Unit = unit, LowerLimit = 3000 }, expected, criterion);

    [Theory]
    [InlineData(null, NotGradableReason.UnitMissing)]
    [InlineData("", NotGradableReason.UnitMissing)]
    [InlineData("U/L", NotGradableReason.UnitUnknown)]
    [InlineData("G/L", NotGradableReason.UnitUnknown)]
    public void Unit_MissingOrNotOfTheTest_IsNotGradable(string? unit, NotGradableReason reason) => Assert.Equal(
        reason,
        Grader.Grade(RuleSets.Find("ctcae-5.0")!.Find("Anemia")!, new GradeInput { Value = 50, Unit = unit, LowerLimit = 120 }).Reason);

    [Fact]
    public void Multiples_InAnyUnit_DoNotLookAtIt() =>
        Check("ctcae-5.0", "CPK increased", new GradeInput { Value = 500, Unit = "no such unit", UpperLimit = 100 }, "2", "CK.high");

    [Theory]
    [InlineData("Hemoglobin increased", "HGB.high.g/L", "mmol/L", 16.114)]
    [InlineData("Hemoglobin increased", "HGB.high.g/L", "g/L", 1.0)]
    [InlineData("CPK increased", "CK.high", null, 1.0)]
    [InlineData("Hemoglobin increased", "HGB.high.g/L", "U/L", null)]
    [InlineData("Hemoglobin increased", "HGB.high.g/L", null, null)]
    public void FactorTo_Criterion_IsThatOfTheCatalogue(string term, string criterion, string? unit, double? factor)
    {
        var found = RuleSets.Find("ctcae-5.0")!.Find(term)!;

        Assert.Equal((decimal?)factor, found.FactorTo(found.Criteria.Single(c => c.Id == criterion), unit));
    }

    private static void Check(string ruleSet, string term, GradeInput input, string expected, string criterion)
    {
        var outcome = Grader.Grade(RuleSets.Find(ruleSet)!.Find(term)!, input);

        Assert.Equal(expected, outcome.ToString());
        Assert.Equal(criterion, outcome.CriterionId);
    }
}

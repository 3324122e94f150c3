using LabServer.Core.Derivation;

namespace LabServer.Core.Tests.Derivation;

/// <summary>Which results belong together, which is chosen of several, and what the derived result says of itself.</summary>
public sealed class DerivedResultsTests
{
    [Theory]
    [InlineData("2021-05-09T08:00", "A", "2021-05-09T08:00", "B", true)] // one time is one collection, whatever the visit
    [InlineData("2021-05-09T08:00", "A", "2021-05-09T08:30", "A", false)]
    [InlineData("2021-05-09T08:00", "A", "2021-05-09", "A", false)] // another precision
    [InlineData("2021-05-09", "A", "2021-05-09", "A", true)]
    [InlineData("2021-05-09", "A", "2021-05-09", "B", false)] // one date, two visits
    [InlineData("2021-05", "A", "2021-05", "A", false)] // of a month nobody can say
    public void Collection_OfTwoResults_IsOneByTimeOrByDateAndVisit(string at, string visit, string otherAt, string otherVisit, bool together) =>
        Assert.Equal(
            together ? "2.25 mmol/L" : "",
            new Given().With("CA", "2.05 mmol/L", at, visit: visit).With("ALB", "30 g/L", otherAt, visit: otherVisit).Derive("CACORR"));

    [Fact]
    public void Input_OfSeveralInTheCollection_IsOfTheSameLaboratoryAndTheLastById()
    {
        var given = new Given().With("CA", "2.00 mmol/L", laboratory: "A")
            .With("ALB", "20 g/L", laboratory: "B", id: "99").With("ALB", "30 g/L", laboratory: "A", id: "10").With("ALB", "35 g/L", laboratory: "A", id: "9");

        Assert.Equal("2.2 mmol/L", given.Derive("CACORR")); // albumin 30 of A: /10 comes behind /9
    }

    [Fact]
    public void Input_OfAnotherLaboratoryOnly_IsTaken() =>
        Assert.Equal("2.4 mmol/L", new Given().With("CA", "2.00 mmol/L", laboratory: "A").With("ALB", "20 g/L", laboratory: "B").Derive("CACORR"));

    [Fact]
    public void Primary_MeasuredTwice_GivesOneForEach() =>
        Assert.Equal(
            "2.2 mmol/L, 2.3 mmol/L",
            new Given().With("CA", "2.00 mmol/L", id: "1").With("CA", "2.10 mmol/L", id: "2").With("ALB", "30 g/L").Derive("CACORR"));

    [Theory]
    [InlineData("LOCAL", "2021-05-09", "")]
    [InlineData("CENTRAL", "2021-05-10", "2.2 mmol/L")] // of another collection
    public void Derive_LaboratorySentTheTest_NothingIsDerivedForThatCollection(string laboratory, string at, string expected) =>
        Assert.Equal(
            expected,
            new Given().With("CA", "2.00 mmol/L").With("ALB", "30 g/L").With("CACORR", "2.5 mmol/L", at, laboratory).Derive("CACORR"));

    [Fact]
    public void Spoiled_NotGradedByTheStudy_IsNoInput() =>
        Assert.Equal("", new Given().With("CA", "2.00 mmol/L", spoiled: true).With("ALB", "30 g/L").Derive("CACORR"));

    [Fact]
    public void Spoiled_GradedByTheStudy_SpoilsWhatIsComputed()
    {
        var given = new Given { Settings = new StudySettings { SpoiledSpecimens = SpoiledSpecimens.GradedWithFlag } }
            .With("CA", "2.00 mmol/L", spoiled: true).With("ALB", "30 g/L");

        Assert.Equal("HEMOLYZED", Result(given.Of("CACORR").Single()).SpecimenCondition);
    }

    [Fact]
    public void Spoiled_InputOfAnInput_SpoilsTheWholeChain()
    {
        var given = new Given { Settings = new StudySettings { SpoiledSpecimens = SpoiledSpecimens.GradedWithFlag } }
            .With("WBC", "5.0 10*9/L", spoiled: true).With("LYMLE", "30 %").With("CD4PCT", "40 %");

        Assert.Equal("HEMOLYZED", Result(given.Of("CD4").Single()).SpecimenCondition);
    }

    [Fact]
    public void Preliminary_Input_MakesAPreliminaryResult() =>
        Assert.Equal(
            ResultStatus.Preliminary,
            Result(new Given().With("CA", "2.00 mmol/L").With("ALB", "30 g/L", status: ResultStatus.Preliminary).Of("CACORR").Single()).Status);

    [Theory]
    [InlineData("CENTRAL", "12345", "CACORR:CENTRAL/12345")]
    [InlineData("A/B", "C", "CACORR:A%2FB/C")]
    [InlineData("A", "B/C", "CACORR:A/B/C")] // not the same as the one before
    [InlineData("A%2FB", "C", "CACORR:A%252FB/C")]
    [InlineData("A:B", "C:D", "CACORR:A:B/C:D")]
    public void Id_OfAnyNames_IsUnique(string laboratory, string id, string expected) =>
        Assert.Equal(
            expected, new Given().With("CA", "2.00 mmol/L", laboratory: laboratory, id: id).With("ALB", "30 g/L").Of("CACORR").Single().SourceResultId);

    [Fact]
    public void Computation_OfEveryFormula_EndsInTheReportedValue()
    {
        var given = new Given().With("CA", "2.00 mmol/L").With("ALB", "30 g/L").With("WBC", "5.0 10*9/L").With("LYMLE", "30 %")
            .With("CD4PCT", "40 %").With("CD8PCT", "20 %").With("CREAT", "1.1 mg/dL").With("WEIGHT", "80 kg").With("HEIGHT", "175 cm")
            .With("SIXMWD", "459 m").With("PO2", "80 mm[Hg]").With("FIO2", "0.4 1").With("ODSAMPLE", "0.5").With("ODNEGCTL", "1.25");
        var derived = DerivedResults.Of(given.Inputs);

        Assert.Equal(
            ["CACORR", "CD4", "CD4CD8", "CD8", "CREATCLR", "LYM", "NEUTINH", "NEUTPOS", "PO2FIO2", "SIXMWPP"],
            derived.Select(result => result.Formula.Test).Order(StringComparer.Ordinal));
        Assert.All(derived, result => Assert.Contains(result.Value.ReportedValue, result.Value.Computation, StringComparison.Ordinal));
    }

    [Fact]
    public void Formulas_All_HaveWordsSourceAndKnownTests()
    {
        Assert.Equal(Formulas.All.Count, Formulas.All.DistinctBy(formula => formula.Id).Count());
        Assert.All(Formulas.All, formula => Assert.True(formula.Words.Length > 5 && formula.Source.Length > 5));
        Assert.All(Formulas.Tests.Concat(FlowPanels.Tests), key => Assert.NotNull(Core.Ingestion.TestCatalogue.Default.FindKey(key)));
    }

    private static LabResult Result(DerivedResult derived) => derived.ToResult("S1", "01", 1);
}

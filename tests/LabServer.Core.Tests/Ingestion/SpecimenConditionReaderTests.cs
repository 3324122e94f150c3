using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Ingestion;

/// <summary>What LBSPCCND says, as laboratories write it, and which tests it spoils.</summary>
public sealed class SpecimenConditionReaderTests
{
    [Theory]
    [InlineData("HEMOLYZED", SpecimenConditions.Hemolyzed)]
    [InlineData("Haemolysed", SpecimenConditions.Hemolyzed)]
    [InlineData("hemolysis", SpecimenConditions.Hemolyzed)]
    [InlineData("SLIGHTLY HEMOLYZED", SpecimenConditions.Hemolyzed)]
    [InlineData("GROSS HAEMOLYSIS", SpecimenConditions.Hemolyzed)]
    [InlineData("(hemolyzed)", SpecimenConditions.Hemolyzed)]
    [InlineData("LIPEMIC", SpecimenConditions.Lipemic)]
    [InlineData("MODERATELY LIPAEMIC", SpecimenConditions.Lipemic)]
    [InlineData("LIPEMIA", SpecimenConditions.Lipemic)]
    [InlineData("ICTERIC", SpecimenConditions.Icteric)]
    [InlineData("ICTERUS 2+", SpecimenConditions.Icteric)]
    [InlineData("CLOTTED", SpecimenConditions.Clotted)]
    [InlineData("CLOTS PRESENT", SpecimenConditions.Clotted)]
    [InlineData("COAGULATED", SpecimenConditions.Clotted)]
    [InlineData("HAEMOLYSED; ICTERIC", SpecimenConditions.Hemolyzed | SpecimenConditions.Icteric)]
    [InlineData("LIPEMIC/HEMOLYZED", SpecimenConditions.Lipemic | SpecimenConditions.Hemolyzed)]
    [InlineData("NOT HEMOLYZED", SpecimenConditions.None)]
    [InlineData("NON-HEMOLYZED", SpecimenConditions.None)]
    [InlineData("NO CLOTS", SpecimenConditions.None)]
    [InlineData("NOT HEMOLYZED, LIPEMIC", SpecimenConditions.Lipemic)]
    [InlineData("FRESH", SpecimenConditions.None)]
    [InlineData("COOL", SpecimenConditions.None)]
    [InlineData("", SpecimenConditions.None)]
    [InlineData(null, SpecimenConditions.None)]
    public void Read_OfWhatLaboratoriesWrite_IsTheConditions(string? text, SpecimenConditions expected) =>
        Assert.Equal(expected, SpecimenConditionReader.Read(text));

    [Theory]
    // Test, and what spoils it: (H)emolysis, (L)ipemia, (I)cterus, (C)lots.
    [InlineData("LDH", "H")]
    [InlineData("K", "HL")]
    [InlineData("AST", "HL")]
    [InlineData("ALT", "L")]
    [InlineData("GGT", "")]
    [InlineData("CK", "H")]
    [InlineData("MG", "H")]
    [InlineData("BILI", "H")]
    [InlineData("BILDIR", "HL")]
    [InlineData("ALP", "H")]
    [InlineData("SODIUM", "L")]
    [InlineData("CREAT", "L")]
    [InlineData("UREA", "L")]
    [InlineData("GLUC", "L")]
    [InlineData("PROT", "I")]
    [InlineData("CHOL", "I")]
    [InlineData("TRIG", "I")]
    [InlineData("URATE", "I")]
    [InlineData("HGB", "LC")]
    [InlineData("PLAT", "C")]
    [InlineData("WBC", "C")]
    [InlineData("NEUT", "C")]
    [InlineData("CD4", "C")]
    [InlineData("INR", "HLC")]
    [InlineData("APTT", "HLC")]
    [InlineData("FIBRINO", "HLC")]
    [InlineData("DDIMER", "C")]
    [InlineData("CRP", "")]
    [InlineData("HAPTOG", "L")]
    [InlineData("PH:URINE", "")]
    [InlineData("FEV1", "")]
    public void SpoiledBy_OfTheCatalogue_IsWhatSpoilsTheTest(string key, string spoilers)
    {
        var spoiledBy = TestCatalogue.Default.FindKey(key)!.SpoiledBy;

        Assert.Equal(
            spoilers,
            string.Concat(Enum.GetValues<SpecimenConditions>().Where(one => one != 0 && spoiledBy.HasFlag(one)).Select(one => one.ToString()[0])));
    }

    [Fact]
    public void Catalogue_WithAnAliasAndASynonym_KeepsLimitsAndSpoilers()
    {
        var test = TestCatalogue.Default.WithAlias("POTASS", "K").WithUnitSynonym("K", "mM", "mmol/L").FindKey("K")!;

        Assert.Equal(SpecimenConditions.Hemolyzed | SpecimenConditions.Lipemic, test.SpoiledBy);
        Assert.Equal(new PlausibleLimits(1, 12), test.Plausible);
        Assert.Equal(new DeltaCheck(25, 72), test.Delta);
    }

    [Fact]
    public void PlausibleLimits_OfTheCatalogue_AreMissingOnlyWhereNoBoundIsKnown() =>
        Assert.Equal(
            ["CEA", "AFP", "CA125", "CA19-9", "CA15-3", "CA72-4", "PSA", "NSE", "CYFRA211", "SCCAG", "SC2IGG", "SC2IGM"],
            TestCatalogue.Default.Tests.Where(test => test is { Kind: ValueKind.Numeric, Plausible: null, Specimen: "BLOOD" }).Take(12).Select(test => test.Key));
}

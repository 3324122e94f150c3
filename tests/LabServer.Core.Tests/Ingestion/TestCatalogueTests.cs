using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Ingestion;

public sealed class TestCatalogueTests
{
    private static readonly TestCatalogue Catalogue = TestCatalogue.Default;

    [Theory]
    // What was sent: code, specimen, category; and the test it means.
    [InlineData("ALT", "", "", "ALT")]
    [InlineData("alt", "SERUM", "CHEMISTRY", "ALT")]
    [InlineData(" ALT ", " serum ", "", "ALT")]
    [InlineData("SGPT", "PLASMA", "", "ALT")]
    [InlineData("1742-6", "", "", "ALT")]
    [InlineData("1742-6", "SERUM", "", "ALT")]
    [InlineData("IL6", "SERUM", "", "INTLK6")]
    [InlineData("IL-6", "", "", "INTLK6")]
    [InlineData("UREAN", "", "", "BUN")]
    [InlineData("LIPASE", "", "", "LIPASET")]
    [InlineData("CA 19-9", "SERUM", "TUMOUR MARKER", "CA19-9")]
    [InlineData("CA125AG", "", "", "CA125")]
    [InlineData("HGB", "WHOLE BLOOD", "HEMATOLOGY", "HGB")]
    [InlineData("PH", "BLOOD", "", "PH")]
    [InlineData("PH", "ARTERIAL BLOOD", "URINALYSIS", "PH")]
    [InlineData("PH", "", "BLOOD GAS", "PH")]
    [InlineData("PH", "URINE", "", "PH:URINE")]
    [InlineData("PH", "", "URINALYSIS", "PH:URINE")]
    [InlineData("PH:URINE", "", "", "PH:URINE")]
    [InlineData("PH:URINE", "URINE", "", "PH:URINE")]
    [InlineData("2744-1", "", "", "PH")]
    [InlineData("2756-5", "", "", "PH:URINE")]
    [InlineData("KETONES", "", "URINALYSIS", "KETONES:URINE")]
    [InlineData("COLOR", "", "", "COLOR:URINE")]
    [InlineData("FEV1", "", "", "FEV1")]
    public void Find_OfWhatALaboratorySends_IsTheTest(string code, string specimen, string category, string key) =>
        Assert.Equal(key, Catalogue.Find(code, specimen, category)?.Key);

    [Theory]
    [InlineData("GLUC", "URINE", "", "glucose of urine is another test")]
    [InlineData("GLUC", "", "URINALYSIS", "the category says urine")]
    [InlineData("GLUC", "CEREBROSPINAL FLUID", "", "no such material is known")]
    [InlineData("2345-7", "URINE", "", "the LOINC code says blood")]
    [InlineData("PH:URINE", "BLOOD", "", "the key says urine")]
    [InlineData("KETONES", "SERUM", "", "only those of urine are known")]
    [InlineData("PH", "", "", "of blood and of urine: a pH of 5 is either fatal or normal")]
    [InlineData("PH", "", "CHEMISTRY", "chemistry may be of either")]
    [InlineData("FEV1", "BLOOD", "", "a measurement of the person has no specimen")]
    [InlineData("XYZ", "", "", "no such test")]
    [InlineData("", "", "", "no code")]
    [InlineData(null, null, null, "no code")]
    public void Find_OfAnythingElse_IsNotGuessed(string? code, string? specimen, string? category, string why) =>
        Assert.True(Catalogue.Find(code, specimen, category) is null, why);

    [Theory]
    // The 47 tests of the CDISC pilot.
    [InlineData("ALB ALP ALT ANISO AST BASO BASOLE BILI BUN CA CHOL CK CL CREAT EOS EOSLE GGT GLUC HBA1C HCT HGB K LYM LYMLE MACROCY MCH MCHC MCV MICROCY MONO MONOLE PHOS PLAT POIKILO POLYCHR PROT RBC SODIUM TSH URATE VITB12 WBC COLOR:URINE KETONES:URINE PH:URINE SPGRAV:URINE UROBIL:URINE")]
    // The trial of the umbilical-cord cells.
    [InlineData("LDH ALT AST CK CKMB UREA URATE K INTLK6 CRP WBC NEUT LYM MONO EOS BASO PLAT HGB RBC DDIMER BNP NEUTINH ODSAMPLE ODNEGCTL CEA AFP CA125 CA19-9 CA15-3")]
    [InlineData("CD3 CD4 CD8 CD19 CD56 CD3PCT CD4PCT CD8PCT CD19PCT CD56PCT CD4CD8 CD4N CD4CM CD4EM CD4TEMRA CD8N CD8CM CD8EM CD8TEMRA CD4PD1 CD8PD1 CD4HLADR CD8HLADR CD4CD38 CD8CD38")]
    // Analytes of CTCAE and DAIDS.
    [InlineData("PH APTT ALT ALP AST BILI LDH CD4 CHOL CK CREATCLR CREAT FIBRINO GGT HAPTOG HDL HGB CACORR CA CAION GLUC K MG SODIUM TRIG URATE ALB PHOS INR LDL WBC LIPASET LYM NEUT PLAT AMYLASE BICARB BILDIR LACTATE METHGB PT TROPONI TROPONT")]
    // Function and gas exchange.
    [InlineData("SIXMWD FEV1 VCMAX PO2 PO2FIO2 IGG IGM")]
    public void Catalogue_EveryTestOfItsSources_IsThere(string keys) =>
        Assert.All(keys.Split(' '), key => Assert.NotNull(Catalogue.FindKey(key)));

    [Fact]
    public void FindKey_SpeltOtherwise_FindsNothing()
    {
        Assert.NotNull(Catalogue.FindKey("ALT"));
        Assert.Null(Catalogue.FindKey("alt"));
        Assert.Null(Catalogue.FindKey("SGPT"));
    }

    [Fact]
    public void Find_OfEveryNameInItsSpecimen_IsThatTest()
    {
        foreach (var test in Catalogue.Tests)
        {
            var specimen = test.Specimen == "NONE" ? "" : test.Specimen;
            Assert.All(test.Aliases.Concat(test.Loinc).Append(test.Code).Append(test.Key), name => Assert.Same(test, Catalogue.Find(name, specimen)));
        }
    }

    [Fact]
    public void Test_InItsStandardUnit_IsNotConverted() =>
        Assert.All(Catalogue.Tests, test => Assert.Equal(12.5, test.FindUnit(test.StandardUnit)?.ToStandard(12.5m)));
}

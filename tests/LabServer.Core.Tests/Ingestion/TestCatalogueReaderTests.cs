using System.Text;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Ingestion;

public sealed class TestCatalogueReaderTests
{
    private const string Glucose = """
        { "code": "GLUC", "name": "Glucose", "category": "CHEMISTRY", "loinc": ["2345-7"], "aliases": ["GLU"], "unit": "mmol/L", "decimals": 2,
          "units": [ { "code": "mmol/L", "factor": 1, "system": "si" }, { "code": "mg/dL", "factor": 0.05551, "system": "us" } ] }
        """;

    [Fact]
    public void Read_OfASoundCatalogue_GivesItsTests()
    {
        var test = Assert.Single(Read(Glucose).Tests);

        Assert.Equal(("GLUC", "GLUC", "BLOOD", ValueKind.Numeric, false), (test.Key, test.Code, test.Specimen, test.Kind, test.NeedsSpecimen));
        Assert.Equal([new UnitDefinition("mmol/L", 1m, UnitSystems.Si), new UnitDefinition("mg/dL", 0.05551m, UnitSystems.Us)], test.Units);
    }

    [Theory]
    [InlineData("\"GLUC\"", "\"GLUCOSEFAST\"", "a code is 1 to 8 upper-case characters")]
    [InlineData("\"GLUC\"", "\"Gluc\"", "a code is 1 to 8 upper-case characters")]
    [InlineData("\"2345-7\"", "\"2345-8\"", "2345-8 is not a LOINC code")]
    [InlineData("\"2345-7\"", "\"glucose\"", "glucose is not a LOINC code")]
    [InlineData("\"decimals\": 2", "\"decimals\": 9", "decimals are 0 to 6")]
    [InlineData("\"unit\": \"mmol/L\"", "\"unit\": \"g/L\"", "the standard unit comes first, with factor 1")]
    [InlineData("\"unit\": \"mmol/L\"", "\"unit\": null", "has units, but no standard unit")]
    [InlineData("\"factor\": 1,", "\"factor\": 2,", "the standard unit comes first, with factor 1")]
    [InlineData("0.05551", "0", "factor 0 of mg/dL is not between")]
    [InlineData("0.05551", "-1", "factor -1 of mg/dL is not between")]
    [InlineData("\"mg/dL\"", "\"MG/DL\"", "unit MG/DL is not a unit code")]
    [InlineData("\"mg/dL\"", "\"mmol/L\"", "unit mmol/L is there twice")]
    [InlineData("\"category\"", "\"specimen\": \"SAP\", \"category\"", "specimen SAP is not a class")]
    [InlineData("\"category\"", "\"specimen\": \"SERUM\", \"category\"", "specimen SERUM is not a class")]
    [InlineData("\"category\"", "\"critical\": {}, \"category\"", "critical limits without a limit")]
    [InlineData("\"category\"", "\"critical\": { \"low\": 5, \"high\": 5 }, \"category\"", "the low critical limit is not under the high one")]
    [InlineData("\"category\"", "\"kind\": \"coded\", \"critical\": { \"low\": 5 }, \"category\"", "critical limits are for numbers")]
    [InlineData("[\"GLU\"]", "[\"GLU\", \"glu\"]", "name 'glu' means GLUC and GLUC")]
    [InlineData("\"decimals\": 2,", "\"decimals\": 2, \"plausible\": { \"low\": 5, \"high\": 5 },", "plausible limits 5 to 5 are not from low to high")]
    [InlineData("\"decimals\": 2,", "\"decimals\": 2, \"plausible\": { \"low\": 9, \"high\": 1 },", "plausible limits 9 to 1 are not from low to high")]
    [InlineData("\"decimals\": 2,", "\"decimals\": 2, \"delta\": { \"percent\": 0, \"hours\": 72 },", "a delta check of 0 percent in 72 hours is none")]
    [InlineData("\"decimals\": 2,", "\"decimals\": 2, \"delta\": { \"percent\": 20, \"hours\": -1 },", "a delta check of 20 percent in -1 hours is none")]
    [InlineData("\"category\"", "\"specimen\": \"NONE\", \"spoiledBy\": [\"hemolyzed\"], \"category\"", "only a specimen of blood or urine can spoil a test")]
    [InlineData("\"category\"", "\"kind\": \"coded\", \"plausible\": { \"low\": 1, \"high\": 2 }, \"category\"", "only numbers have plausible limits and delta checks")]
    [InlineData("\"category\"", "\"yes\": [\"Y\"], \"no\": [\"N\"], \"category\"", "only words say yes or no")]
    [InlineData("\"category\"", "\"kind\": \"coded\", \"yes\": [\"Y\"], \"category\"", "a yes/no test has words for both")]
    [InlineData("\"category\"", "\"kind\": \"coded\", \"yes\": [\"Y\", \"n\"], \"no\": [\"N\"], \"category\"", "word 'N' means two things")]
    [InlineData("\"category\"", "\"kind\": \"coded\", \"yes\": [\" Y\"], \"no\": [\"N\"], \"category\"", "word ' Y' is empty or has blanks around it")]
    [InlineData("\"category\"", "\"kind\": \"coded\", \"levels\": [{ \"name\": \"A\" }], \"category\"", "ordered categories are two or more")]
    [InlineData("\"category\"", "\"kind\": \"coded\", \"levels\": [{ \"name\": \"A\", \"from\": 1 }, { \"name\": \"B\" }], \"category\"", "category A of a coded test has no values")]
    [InlineData("\"category\"", "\"levels\": [{ \"name\": \"A\", \"from\": 1, \"to\": 0 }, { \"name\": \"B\", \"from\": 2, \"to\": 3 }], \"category\"", "category A of a numeric test is from one value to another")]
    [InlineData("\"category\"", "\"levels\": [{ \"name\": \"A\", \"from\": 0, \"to\": 2 }, { \"name\": \"B\", \"from\": 2, \"to\": 3 }], \"category\"", "categories of values go up")]
    public void Read_OfAWrongTest_SaysWhatIsWrong(string right, string wrong, string fault)
    {
        var found = Assert.Single(Faults(Glucose.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains(fault, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfTwoTestsOfOneName_SaysSo()
    {
        var other = Glucose.Replace("\"GLUC\"", "\"GLU\"", StringComparison.Ordinal).Replace("\"GLU\"]", "\"SUGAR\"]", StringComparison.Ordinal);

        Assert.Equal(
            ["LOINC 2345-7 means GLUC and GLU", "alias 'GLU' of GLUC is the code of GLU", "name 'GLU' means GLUC and GLU"],
            Faults(Glucose, other).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_OfSeveralWrongTests_ListsThemAll()
    {
        var first = Glucose.Replace("\"decimals\": 2", "\"decimals\": -1", StringComparison.Ordinal).Replace("0.05551", "0", StringComparison.Ordinal);
        var second = Glucose.Replace("\"GLUC\"", "\"gluc2\"", StringComparison.Ordinal).Replace("2345-7", "1-1", StringComparison.Ordinal).Replace("\"GLU\"", "\"G2\"", StringComparison.Ordinal);

        Assert.Equal(4, Faults(first, second).Count);
    }

    [Theory]
    [InlineData("\"name\"", "\"nom\"")]
    [InlineData("\"decimals\": 2,", "")]
    [InlineData("\"system\": \"us\"", "\"system\": 2")]
    [InlineData("\"decimals\": 2,", "\"decimals\": 2, \"plausible\": { \"high\": 5 },")]
    [InlineData("\"decimals\": 2,", "\"decimals\": 2, \"delta\": { \"percent\": 5 },")]
    [InlineData("\"decimals\": 2,", "\"decimals\": 2, \"spoiledBy\": [\"dropped\"],")]
    [InlineData("\"system\": \"us\"", "\"system\": \"metric\"")]
    [InlineData("\"aliases\": [\"GLU\"]", "\"aliases\": null")]
    public void Read_OfAnotherForm_SaysSo(string right, string wrong) =>
        Assert.Single(Faults(Glucose.Replace(right, wrong, StringComparison.Ordinal)));

    private static IReadOnlyList<string> Faults(params string[] tests) => Assert.Throws<InvalidCatalogueException>(() => Read(tests)).Faults;

    private static TestCatalogue Read(params string[] tests)
    {
        var json = $$"""{ "specimens": { "BLOOD": ["SERUM"] }, "categories": {}, "tests": [ {{string.Join(',', tests)}} ] }""";
        return TestCatalogueReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));
    }
}

using System.Text;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Ingestion;

public sealed class UnitNameTableReaderTests
{
    [Fact]
    public void EmbeddedTable_IsSound()
    {
        var table = UnitNameTableReader.ReadEmbedded();

        Assert.Contains("NO UNITS", table.Absent.AsEnumerable());
        Assert.All(table.Exact, name => Assert.Equal(name.Value, UnitNames.Canonical(name.Key)));
    }

    [Fact]
    public void Read_OfSeveralFaults_ListsThemAll()
    {
        var faults = Faults("""
            { "units": [
                { "code": "1", "synonyms": ["FRACTION"] },
                { "code": "g/L", "synonyms": ["gm/L", " gram/L", ""] },
                { "code": "mg/L", "synonyms": ["gm/L"] },
                { "code": "g/L" } ],
              "absent": ["NOTHING"] }
            """);

        Assert.Collection(
            faults,
            fault => Assert.Equal("unit g/L is there twice", fault),
            fault => Assert.Equal("synonym 'gm/L' of mg/L already means g/L", fault),
            fault => Assert.Contains("' gram/L'", fault, StringComparison.Ordinal),
            fault => Assert.Contains("''", fault, StringComparison.Ordinal),
            fault => Assert.Contains("'NOTHING'", fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{ \"units\": [] }")]
    [InlineData("{ \"units\": [ { \"code\": \"g\", \"synonym\": [] } ], \"absent\": [] }")]
    [InlineData("{ \"units\": ")]
    public void Read_OfAnotherForm_SaysSo(string json) => Assert.Single(Faults(json));

    [Fact]
    public void Read_OfUnitsThatDifferOnlyByCase_TakesEachAsItIsSpelt()
    {
        var table = Read("""{ "units": [ { "code": "ab" }, { "code": "AB" } ], "absent": [] }""");

        Assert.Equal(["AB", "ab"], table.Exact.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(table.Folded);
    }

    private static IReadOnlyList<string> Faults(string json) => Assert.Throws<InvalidCatalogueException>(() => Read(json)).Faults;

    private static UnitNameTable Read(string json) => UnitNameTableReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}

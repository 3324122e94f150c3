using LabServer.Core.Ingestion;
using LabServer.Core.Summaries;

namespace LabServer.Core.Tests.Summaries.Export;

public sealed class DatasetDefinitionTests
{
    public static TheoryData<DatasetKind> Kinds => [.. Enum.GetValues<DatasetKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Columns_OfADataset_KeepTheRulesOfTransportFiles(DatasetKind kind)
    {
        var definition = DatasetExports.Find(kind)!;

        Assert.Equal(definition.Columns.Count, definition.Columns.Select(column => column.Name).Distinct().Count());
        Assert.All(definition.Columns, column =>
        {
            Assert.Matches("^[A-Z][A-Z0-9]{0,7}$", column.Name);
            Assert.InRange(column.Label.Length, 1, 40);
            Assert.True(column.Length is null or (> 0 and <= 200), column.Name);
            Assert.True(column.Type == DatasetColumnType.Text || column.Length is null, column.Name);
            Assert.True(column.Source.Length > 0 && column.Origin.Length > 0, column.Name);
        });
        Assert.Empty(definition.Keys.Except(definition.Columns.Select(column => column.Name)));
        Assert.DoesNotContain(definition.Columns, column => column.NeedsRuleSet && definition.NeedsRuleSet);
    }

    [Fact]
    public void Catalogue_EveryTest_FitsTheColumnsOfLb() =>
        Assert.All(TestCatalogue.Default.Tests, test => Assert.True(test.Code.Length <= 8 && test.Name.Length <= 200, test.Key));

    [Fact]
    public void Find_UnknownDataset_IsNone() => Assert.Null(DatasetExports.Find((DatasetKind)99));
}

namespace LabServer.Core.Tests.Statistics;

/// <summary>
/// 1,000 random data sets and R's answers (<c>golden/make-golden.R</c>): ties, arms of 0 to 3, unequal and constant arms,
/// missing values, large offsets, p values down to 1e-100, tables with empty cells, separated categories.
/// </summary>
public class GoldenTests
{
    private static readonly IReadOnlyList<GoldenDataSet> Stored = GoldenDataSet.Read(GoldenDataSet.Stored);

    [Fact]
    public void EveryStatistic_OfAThousandRandomDataSets_IsThatOfR()
    {
        Assert.Equal(1000, Stored.Count);
        var comparisons = Stored.Select(data => new GoldenComparison(data)).ToArray();
        string[] differences = [.. comparisons.SelectMany(comparison => comparison.Differences())];

        Assert.True(differences.Length == 0, $"{differences.Length} differences:\n{string.Join('\n', differences.Take(50))}");
        Assert.Equal(1000 * 54, comparisons.Sum(comparison => comparison.Compared));
    }
}

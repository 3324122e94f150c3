using System.Text.Json;

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
        Assert.Equal(1000 * 57, comparisons.Sum(comparison => comparison.Compared));
    }

    [Theory]
    [InlineData("ties", 300)]
    [InlineData("missing values", 50)]
    [InlineData("one value in an arm", 50)]
    [InlineData("arms of which one is ten times the other", 50)]
    [InlineData("one arm empty", 20)]
    [InlineData("both arms empty", 1)]
    [InlineData("all values equal", 10)]
    [InlineData("exact rank sum", 300)]
    [InlineData("normal rank sum without ties", 50)]
    [InlineData("no limits of the shift", 50)]
    [InlineData("exact logistic", 200)]
    [InlineData("Fisher by the rule", 200)]
    [InlineData("chi-square by the rule", 200)]
    [InlineData("table with an empty arm", 20)]
    [InlineData("no variance of the risk difference", 50)]
    [InlineData("separated categories", 50)]
    [InlineData("polr's own answer", 500)]
    public void StoredSets_OfEachHardCase_AreMany(string name, int atLeast) =>
        Assert.InRange(Stored.Count(data => IsCase(name, data)), atLeast, Stored.Count);

    private static bool IsCase(string name, GoldenDataSet data)
    {
        double[] all = [.. data.A, .. data.B];
        var (fewer, more) = (Math.Min(data.A.Length, data.B.Length), Math.Max(data.A.Length, data.B.Length));
        var distinct = all.Distinct().Count();
        return name switch
        {
            "ties" => distinct < all.Length,
            "missing values" => data.Answers.GetProperty("a").GetArrayLength() + data.Answers.GetProperty("b").GetArrayLength() > all.Length,
            "one value in an arm" => fewer == 1,
            "arms of which one is ten times the other" => fewer > 0 && more >= 10 * fewer,
            "one arm empty" => fewer == 0 && more > 0,
            "both arms empty" => more == 0,
            "all values equal" => fewer > 0 && distinct == 1,
            "exact rank sum" => Answer("rank_sum", "exact").GetBoolean(),
            "normal rank sum without ties" => fewer > 0 && !Answer("rank_sum", "exact").GetBoolean() && distinct == all.Length,
            "no limits of the shift" => IsThere("hodges_lehmann", "estimate") && !IsThere("hodges_lehmann", "low"),
            "exact logistic" => Answer("two_by_two", "or_method").GetString() == "exact",
            "Fisher by the rule" => Answer("two_by_two", "method").GetString() == "fisher",
            "chi-square by the rule" => Answer("two_by_two", "method").GetString() == "chisq",
            "table with an empty arm" => data.Table[1] == 0 ^ data.Table[3] == 0,
            "no variance of the risk difference" => IsThere("two_by_two", "rd") && !IsThere("two_by_two", "rd_low"),
            "separated categories" => Answer("proportional_odds", "why").GetString() == "separation",
            "polr's own answer" => IsThere("proportional_odds", "polr_beta") && IsThere("proportional_odds", "polr_se"),
            _ => throw new ArgumentException(name, nameof(name)),
        };

        JsonElement Answer(string statistic, string field) => data.Answers.GetProperty(statistic).GetProperty(field);

        bool IsThere(string statistic, string field) => Answer(statistic, field).ValueKind == JsonValueKind.Number;
    }
}

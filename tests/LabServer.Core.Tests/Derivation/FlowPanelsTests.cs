using LabServer.Core.Derivation;

namespace LabServer.Core.Tests.Derivation;

/// <summary>Flow panels at the default tolerance of 2.</summary>
public sealed class FlowPanelsTests
{
    [Theory]
    [InlineData("40", "30", "20", "10", 0)] // 100
    [InlineData("40", "30", "20", "12", 0)] // 102
    [InlineData("40", "30", "20", "12.1", 4)] // 102.1
    [InlineData("40", "30", "20", "8", 0)] // 98
    [InlineData("40", "30", "20", "7.9", 4)] // 97.9
    [InlineData("40", "30", "20", "", 0)] // 90, of which the fourth may be the rest
    [InlineData("40", "30", "32.1", "", 3)] // 102.1 without it
    [InlineData("40", "30", "20", "<1", 0)] // a bound is not added
    public void Subsets_OfCd4_Table(string naive, string central, string effector, string temra, int flagged)
    {
        var given = new Given();
        foreach (var (test, value) in new[] { ("CD4N", naive), ("CD4CM", central), ("CD4EM", effector), ("CD4TEMRA", temra) })
        {
            _ = value.Length > 0 ? given.With(test, value + " %") : given;
        }

        Assert.Equal(flagged, FlowPanels.Check(given.Inputs.Results, 2).Count);
    }

    [Theory]
    [InlineData("1000", "600", "400", 0)]
    [InlineData("1000", "600", "420", 0)] // 2 % of 1000
    [InlineData("1000", "600", "420.1", 3)]
    [InlineData("1000", "1021", "", 2)] // CD4 alone is over CD3
    [InlineData("", "600", "600", 0)]
    public void Counts_OfTCells_Table(string cd3, string cd4, string cd8, int flagged)
    {
        var given = new Given();
        foreach (var (test, value) in new[] { ("CD3", cd3), ("CD4", cd4), ("CD8", cd8) })
        {
            _ = value.Length > 0 ? given.With(test, value + " /uL") : given;
        }

        Assert.Equal(flagged, FlowPanels.Check(given.Inputs.Results, 2).Count);
    }

    [Fact]
    public void Percentages_OverTheParent_SayWhatDoesNotAddUp()
    {
        var flags = FlowPanels.Check(new Given().With("CD3PCT", "70 %").With("CD4PCT", "45 %").With("CD8PCT", "30 %").Inputs.Results, 2);

        Assert.Equal(["CD3PCT", "CD4PCT", "CD8PCT"], flags.Select(flag => flag.Test).Order(StringComparer.Ordinal));
        Assert.All(flags, flag => Assert.Equal(
            ("PANEL_T_CELL_PERCENTAGES", "CD4PCT 45 + CD8PCT 30 = 75 % is over CD3PCT 70 % by more than 2 %"), (flag.Panel, flag.Detail)));
    }

    [Fact]
    public void Members_OfAnotherCollectionOrLaboratory_AreNotAdded()
    {
        var given = new Given().With("CD3", "500 /uL").With("CD4", "300 /uL").With("CD8", "900 /uL", "2021-05-10").With("CD8", "900 /uL", laboratory: "LOCAL");

        Assert.Empty(FlowPanels.Check(given.Inputs.Results, 2));
    }
}

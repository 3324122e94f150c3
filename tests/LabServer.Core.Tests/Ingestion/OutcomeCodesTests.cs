using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Ingestion;

/// <summary>What words and values mean in tables of outcomes.</summary>
public sealed class OutcomeCodesTests
{
    [Theory]
    [InlineData("SYAPPET", "Y", true)]
    [InlineData("SYSLEEP", "yes", true)]
    [InlineData("SYPAIN", "PRESENT", true)]
    [InlineData("SYFATIG", "N", false)]
    [InlineData("SYACTIV", "No", false)]
    [InlineData("SYANXDEP", "absent", false)]
    [InlineData("SYPAIN", "MILD", null)]
    [InlineData("SYPAIN", "1", null)]
    [InlineData("SYPAIN", "NOT DONE", null)]
    [InlineData("CTNORM", "NORMAL", true)]
    [InlineData("CTNORM", "abnormal", false)]
    [InlineData("CTNORM", "NOT NORMAL", null)]
    [InlineData("NEUTPOS", "POSITIVE", true)]
    [InlineData("NEUTPOS", "Negative", false)]
    [InlineData("NEUTPOS", "WEAKLY POSITIVE", null)]
    public void YesNo_OfAWord_IsWhatTheCatalogueSaysAndNeverGuessed(string test, string word, bool? meaning) =>
        Assert.Equal(meaning, TestCatalogue.Default.FindKey(test)!.YesNo!.Read(word));

    [Theory]
    [InlineData("PAINNRS", 0, "NONE")]
    [InlineData("PAINNRS", 1, "MILD")]
    [InlineData("PAINNRS", 3, "MILD")]
    [InlineData("PAINNRS", 3.5, null)]
    [InlineData("PAINNRS", 4, "MODERATE")]
    [InlineData("PAINNRS", 6, "MODERATE")]
    [InlineData("PAINNRS", 7, "SEVERE")]
    [InlineData("PAINNRS", 10, "SEVERE")]
    [InlineData("PAINNRS", 11, null)]
    public void Categories_OfAValue_AreThoseOfTheScale(string test, double value, string? category) =>
        Assert.Equal(category, TestCatalogue.Default.FindKey(test)!.Categories.SingleOrDefault(level => level.Holds(value))?.Name);

    [Fact]
    public void Categories_OfSeverity_GoFromMildToCritical()
    {
        var severity = TestCatalogue.Default.Find("severity")!;

        Assert.Equal(["MILD", "MODERATE", "SEVERE", "CRITICAL"], severity.Categories.Select(level => level.Name));
        Assert.Equal("SEVERE", severity.Categories.Single(level => level.Is("severe")).Name);
    }
}

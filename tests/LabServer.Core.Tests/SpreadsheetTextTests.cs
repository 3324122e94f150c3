namespace LabServer.Core.Tests;

public sealed class SpreadsheetTextTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+A1")]
    [InlineData("-A1")]
    [InlineData("@SUM(A1)")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("\t=1+1")]
    [InlineData("\tplain")]
    [InlineData("\rplain")]
    [InlineData("\nplain")]
    [InlineData(" =1+1")]
    [InlineData("\u00a0=1+1")]
    [InlineData("\"=1+1\"")]
    [InlineData("' =1+1")]
    [InlineData("“=1+1")]
    [InlineData("\ufeff=1+1")]
    [InlineData("\u200b=1+1")]
    [InlineData("＝1+1")]
    [InlineData("＋A1")]
    [InlineData("－A1")]
    [InlineData("＠A1")]
    [InlineData("−A1")]
    [InlineData("-1+2")]
    [InlineData("+1 (trace)")]
    [InlineData("=")]
    public void Neutral_CellThatASpreadsheetMightRun_HasAnApostropheBeforeIt(string cell) =>
        Assert.Equal("'" + cell, SpreadsheetText.Neutral(cell));

    [Theory]
    [InlineData("")]
    [InlineData("ALT")]
    [InlineData("a=b")]
    [InlineData("2+")]
    [InlineData("1-2")]
    [InlineData("<0.5")]
    [InlineData(">=200")]
    [InlineData("-3")]
    [InlineData("-0.25")]
    [InlineData("+4.5")]
    [InlineData("-1e5")]
    [InlineData("++")]
    [InlineData("+")]
    [InlineData("--")]
    [InlineData("2021-03-01T08:00")]
    [InlineData("(derived)")]
    [InlineData("'quoted'")]
    [InlineData(" ")]
    [InlineData("µmol/L")]
    public void Neutral_AnyOtherCell_StaysAsItIs(string cell) => Assert.Equal(cell, SpreadsheetText.Neutral(cell));

    [Fact]
    public void Neutral_ACellThatWasMadeHarmless_IsDistinctFromItsOwnApostrophe() =>
        Assert.Equal("''=1", SpreadsheetText.Neutral("'=1"));
}

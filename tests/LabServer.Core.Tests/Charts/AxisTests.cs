using System.Globalization;
using LabServer.Core.Charts;

namespace LabServer.Core.Tests.Charts;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0, 100, 5, "0 20 40 60 80 100")]
    [InlineData(0, 37, 5, "0 10 20 30 40")]
    [InlineData(0.11, 0.38, 5, "0.1 0.2 0.3 0.4")]
    [InlineData(-12, 33, 5, "-20 -10 0 10 20 30 40")]
    [InlineData(3.5, 7.1, 4, "3 4 5 6 7 8")]
    [InlineData(5, 5, 4, "2 4 6 8")]
    [InlineData(0, 0, 4, "-1 -0.5 0 0.5 1")]
    public void Linear_TicksAreRoundAndHoldTheValues(double low, double high, int ticks, string expected)
    {
        var axis = LinearAxis.Over(low, high, ticks);

        Assert.Equal(expected, string.Join(' ', axis.Ticks().Select(tick => tick.ToString(CultureInfo.InvariantCulture))));
        Assert.InRange(axis.Share(low), 0, 1);
        Assert.InRange(axis.Share(high), 0, 1);
    }

    [Theory]
    [InlineData(0.1, 10, "0.1 0.2 0.5 1 2 5 10")]
    [InlineData(0.3, 4, "0.1 0.2 0.5 1 2 5 10")]
    [InlineData(1, 1, "1 2 5 10")]
    [InlineData(0.02, 900, "0.01 0.1 1 10 100 1000")]
    public void Log_TicksAreRoundAndHoldTheValues(double low, double high, string expected)
    {
        var axis = LogAxis.Over(low, high);

        Assert.Equal(expected, string.Join(' ', axis.Ticks().Select(tick => tick.ToString(CultureInfo.InvariantCulture))));
        Assert.InRange(axis.Share(low), 0, 1);
        Assert.InRange(axis.Share(high), 0, 1);
    }

    [Fact]
    public void Log_TenTimesAsMuch_IsAsFarEverywhere()
    {
        var axis = LogAxis.Over(0.1, 100);

        Assert.Equal(axis.Share(1) - axis.Share(0.1), axis.Share(50) - axis.Share(5), 12);
        Assert.Equal(0, axis.Share(0));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.30000000000000004, "0.3")]
    [InlineData(12345.678, "12,346")]
    [InlineData(1.23456, "1.235")]
    [InlineData(-4.5, "-4.5")]
    public void Number_IsShortAndPlain(double value, string expected) => Assert.Equal(expected, ChartText.Number(value));

    [Fact]
    public void Wrap_BreaksBetweenWordsAndWithinTooLongOnes()
    {
        Assert.Equal(["Aspartate", "aminotransferase"], ChartText.Wrap("Aspartate aminotransferase", 16));
        Assert.Equal(["aaaaa", "aaa b"], ChartText.Wrap("aaaaaaaa b", 5));
        Assert.Equal([""], ChartText.Wrap("  ", 5));
    }
}

using LabServer.Core.Summaries;

namespace LabServer.Core.Tests.Summaries;

public sealed class OnsetPeriodTests
{
    [Theory]
    // First dose, onset, zone; whether it is in "to day 28", in "from day 29".
    [InlineData("2021-03-01", "2021-03-01", "UTC", true, false)]
    [InlineData("2021-03-01", "2021-03-28T23:59", "UTC", true, false)]
    [InlineData("2021-03-01", "2021-03-29", "UTC", false, true)]
    [InlineData("2021-03-01T18:00", "2021-03-29T00:00", "UTC", false, true)]
    // Partial onsets count on the earliest day they can be.
    [InlineData("2021-03-10", "2021-03", "UTC", true, false)]
    [InlineData("2021-03-10", "2021-04", "UTC", true, false)]
    [InlineData("2021-03-01", "2021-04", "UTC", false, true)]
    [InlineData("2021-03-01", "2021", "UTC", true, false)]
    [InlineData("2021-03-01", "2022", "UTC", false, true)]
    // Days are those of the study: 28 March in Shanghai begins at 16:00 of the day before, UTC.
    [InlineData("2021-03-01", "2021-03-28T15:59Z", "Asia/Shanghai", true, false)]
    [InlineData("2021-03-01", "2021-03-28T16:00Z", "Asia/Shanghai", false, true)]
    // Clocks go forward on 28 March in Paris.
    [InlineData("2021-03-01", "2021-03-28T23:30", "Europe/Paris", true, false)]
    [InlineData("2021-03-01", "2021-03-29T00:30", "Europe/Paris", false, true)]
    public void Contains_Onset_LiesInOneOfTwoPeriods(string firstDose, string onset, string zone, bool early, bool late)
    {
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        Assert.True(PartialDateTime.TryRead(onset, out var read, out _));
        var at = read.StartUtc(timeZone);

        Assert.Equal(
            (early, late),
            (OnsetPeriod.Of(null, 28, firstDose, timeZone).Contains(at), OnsetPeriod.Of(29, null, firstDose, timeZone).Contains(at)));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(1, null, true)]
    [InlineData(-5, 1, true)]
    [InlineData(null, -1, false)]
    [InlineData(2, null, false)]
    [InlineData(2147483647, null, false)]
    [InlineData(null, 2147483647, true)]
    public void Contains_OnsetThatMayLieBeforeTheFirstDose_CountsOnDayOne(int? from, int? to, bool contained)
    {
        Assert.True(PartialDateTime.TryRead("2021-03", out var onset, out _));

        Assert.Equal(contained, OnsetPeriod.Of(from, to, "2021-03-10", TimeZoneInfo.Utc).Contains(onset.StartUtc(TimeZoneInfo.Utc)));
    }
}

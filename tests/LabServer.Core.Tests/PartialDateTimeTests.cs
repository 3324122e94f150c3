using System.Globalization;

namespace LabServer.Core.Tests;

public sealed class PartialDateTimeTests
{
    // Clocks go from 02:00 to 03:00 on the last Sunday of March, and back from 03:00 on that of October: Europe, by its
    // own rules, so that the tests need no time zone data of the machine.
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.CreateCustomTimeZone(
        "Test/Berlin",
        TimeSpan.FromHours(1),
        "Berlin",
        "CET",
        "CEST",
        [
            TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                DateTime.MinValue.Date,
                DateTime.MaxValue.Date,
                TimeSpan.FromHours(1),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
                TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday)),
        ]);

    [Theory]
    // As sent, precision, first and last microsecond it can mean in UTC.
    [InlineData("2021", DatePrecision.Year, "2021-01-01T00:00:00.000000", "2021-12-31T23:59:59.999999")]
    [InlineData("2021-03", DatePrecision.Month, "2021-03-01T00:00:00.000000", "2021-03-31T23:59:59.999999")]
    [InlineData("2020-02", DatePrecision.Month, "2020-02-01T00:00:00.000000", "2020-02-29T23:59:59.999999")]
    [InlineData("2021-12", DatePrecision.Month, "2021-12-01T00:00:00.000000", "2021-12-31T23:59:59.999999")]
    [InlineData("2021-03-05", DatePrecision.Day, "2021-03-05T00:00:00.000000", "2021-03-05T23:59:59.999999")]
    [InlineData("2021-03-05T14", DatePrecision.Hour, "2021-03-05T14:00:00.000000", "2021-03-05T14:59:59.999999")]
    [InlineData("2021-03-05T14:45", DatePrecision.Minute, "2021-03-05T14:45:00.000000", "2021-03-05T14:45:59.999999")]
    [InlineData("2021-03-05T14:45:30", DatePrecision.Second, "2021-03-05T14:45:30.000000", "2021-03-05T14:45:30.999999")]
    [InlineData("2021-03-05T14:45:30.123", DatePrecision.Microsecond, "2021-03-05T14:45:30.123000", "2021-03-05T14:45:30.123000")]
    [InlineData("2021-03-05T14:45:30.123456789", DatePrecision.Microsecond, "2021-03-05T14:45:30.123456", "2021-03-05T14:45:30.123456")]
    [InlineData("2021-03-05T14:45Z", DatePrecision.Minute, "2021-03-05T14:45:00.000000", "2021-03-05T14:45:59.999999")]
    [InlineData("2021-03-05T14:45+08:00", DatePrecision.Minute, "2021-03-05T06:45:00.000000", "2021-03-05T06:45:59.999999")]
    [InlineData("2021-03-05T14:45-05:30", DatePrecision.Minute, "2021-03-05T20:15:00.000000", "2021-03-05T20:15:59.999999")]
    [InlineData("2021-03-05T14:45:30+08", DatePrecision.Second, "2021-03-05T06:45:30.000000", "2021-03-05T06:45:30.999999")]
    [InlineData("1969-12-31T23:59", DatePrecision.Minute, "1969-12-31T23:59:00.000000", "1969-12-31T23:59:59.999999")]
    [InlineData(" 2021-03-05 ", DatePrecision.Day, "2021-03-05T00:00:00.000000", "2021-03-05T23:59:59.999999")]
    public void TryRead_OfIso8601_KnowsWhatItCanMean(string text, DatePrecision precision, string first, string last)
    {
        Assert.True(PartialDateTime.TryRead(text, out var date, out var fault), fault);
        Assert.Equal((text.Trim(), precision), (date.Text, date.Precision));
        Assert.Equal((first, last), (Utc(date.StartUtc(TimeZoneInfo.Utc)), Utc(date.EndUtc(TimeZoneInfo.Utc))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("21")]
    [InlineData("2021-")]
    [InlineData("2021-3")]
    [InlineData("2021-03-")]
    [InlineData("2021-03-5")]
    [InlineData("20210305")]
    [InlineData("2021/03/05")]
    [InlineData("05.03.2021")]
    [InlineData("03/05/2021")]
    [InlineData("5MAR2021")]
    [InlineData("2021-13")]
    [InlineData("2021-00")]
    [InlineData("2021-02-29")]
    [InlineData("2021-04-31")]
    [InlineData("2021-03-00")]
    [InlineData("1799-12-31")]
    [InlineData("3000-01-01")]
    [InlineData("0000")]
    [InlineData("2021-03-05T")]
    [InlineData("2021-03T14:45")]
    [InlineData("2021-03-05 14:45")]
    [InlineData("2021-03-05t14:45")]
    [InlineData("2021-03-05T24:00")]
    [InlineData("2021-03-05T14:60")]
    [InlineData("2021-03-05T14:45:60")]
    [InlineData("2021-03-05T14:4")]
    [InlineData("2021-03-05T14:45:")]
    [InlineData("2021-03-05T14:45:30.")]
    [InlineData("2021-03-05T14:45:30,5")]
    [InlineData("2021-03-05T14:45:30.1234567890")]
    [InlineData("2021-03-05T14:45z")]
    [InlineData("2021-03-05T14:45+")]
    [InlineData("2021-03-05T14:45+8")]
    [InlineData("2021-03-05T14:45+08:0")]
    [InlineData("2021-03-05T14:45+08:60")]
    [InlineData("2021-03-05T14:45+14:01")]
    [InlineData("2021-03-05T14:45Z0")]
    [InlineData("2021-03-05Z")]
    [InlineData("2021---05")]
    [InlineData("--03-05")]
    [InlineData("2021-03-05/2021-03-06")]
    [InlineData("٢٠٢١-03-05")]
    [InlineData("UNKNOWN")]
    public void TryRead_OfAnythingElse_SaysWhatIsWrong(string? text)
    {
        Assert.False(PartialDateTime.TryRead(text, out var date, out var fault));
        Assert.False(string.IsNullOrEmpty(fault));
        Assert.Equal(default, date);
    }

    [Theory]
    // Berlin: an hour ahead of UTC in winter, two in summer.
    [InlineData("2021-01-15T12:00", "2021-01-15T11:00:00.000000", "2021-01-15T11:00:59.999999")]
    [InlineData("2021-07-15T12:00", "2021-07-15T10:00:00.000000", "2021-07-15T10:00:59.999999")]
    [InlineData("2021-07-15", "2021-07-14T22:00:00.000000", "2021-07-15T21:59:59.999999")]
    [InlineData("2021", "2020-12-31T23:00:00.000000", "2021-12-31T22:59:59.999999")]
    // 02:30 is skipped: read as 03:30.
    [InlineData("2021-03-28T01:59", "2021-03-28T00:59:00.000000", "2021-03-28T00:59:59.999999")]
    [InlineData("2021-03-28T02:30", "2021-03-28T01:30:00.000000", "2021-03-28T01:30:59.999999")]
    [InlineData("2021-03-28T03:30", "2021-03-28T01:30:00.000000", "2021-03-28T01:30:59.999999")]
    [InlineData("2021-03-28", "2021-03-27T23:00:00.000000", "2021-03-28T21:59:59.999999")]
    // 02:30 is there twice: from the earlier to the later.
    [InlineData("2021-10-31T02:30", "2021-10-31T00:30:00.000000", "2021-10-31T01:30:59.999999")]
    [InlineData("2021-10-31T03:30", "2021-10-31T02:30:00.000000", "2021-10-31T02:30:59.999999")]
    // With an offset the zone does not matter.
    [InlineData("2021-07-15T12:00Z", "2021-07-15T12:00:00.000000", "2021-07-15T12:00:59.999999")]
    [InlineData("2021-10-31T02:30+01:00", "2021-10-31T01:30:00.000000", "2021-10-31T01:30:59.999999")]
    public void StartAndEnd_InAZone_FollowItsClocks(string text, string first, string last)
    {
        var date = Read(text);

        Assert.Equal((first, last), (Utc(date.StartUtc(Berlin)), Utc(date.EndUtc(Berlin))));
    }

    [Theory]
    // Result, first dose, order.
    [InlineData("2021-03-05T08:00", "2021-03-05T09:00", BaselineOrder.AtOrBefore, "both times: earlier")]
    [InlineData("2021-03-05T09:00", "2021-03-05T09:00", BaselineOrder.AtOrBefore, "both times: the same")]
    [InlineData("2021-03-05T09:01", "2021-03-05T09:00", BaselineOrder.After, "both times: later")]
    [InlineData("2021-03-05T09:00:30", "2021-03-05T09:00", BaselineOrder.After, "missing seconds are 0")]
    [InlineData("2021-03-05T09:00", "2021-03-05T09:00:30", BaselineOrder.AtOrBefore, "missing seconds are 0")]
    [InlineData("2021-03-05", "2021-03-05T09:00", BaselineOrder.AtOrBefore, "by date: the same day")]
    [InlineData("2021-03-05T23:00", "2021-03-05", BaselineOrder.AtOrBefore, "by date: the same day")]
    [InlineData("2021-03-05T23", "2021-03-05T09:00", BaselineOrder.AtOrBefore, "an hour is no time: by date")]
    [InlineData("2021-03-05", "2021-03-05", BaselineOrder.AtOrBefore, "by date: the same day")]
    [InlineData("2021-03-04", "2021-03-05T09:00", BaselineOrder.AtOrBefore, "by date: the day before")]
    [InlineData("2021-03-06", "2021-03-05T09:00", BaselineOrder.After, "by date: the day after")]
    [InlineData("2021-03", "2021-03-05", BaselineOrder.Uncertain, "the day is not known")]
    [InlineData("2021-02", "2021-03-05", BaselineOrder.AtOrBefore, "the whole month is before")]
    [InlineData("2021-04", "2021-03-05", BaselineOrder.After, "the whole month is after")]
    [InlineData("2021", "2021-03-05", BaselineOrder.Uncertain, "the day is not known")]
    [InlineData("2020", "2021-03-05", BaselineOrder.AtOrBefore, "the whole year is before")]
    [InlineData("2022", "2021-03-05", BaselineOrder.After, "the whole year is after")]
    [InlineData("2021-03", "2021-03-31", BaselineOrder.AtOrBefore, "no day of the month is after its last")]
    [InlineData("2021-03-01", "2021-03", BaselineOrder.AtOrBefore, "no dose of the month is before its first day")]
    [InlineData("2021-03-02", "2021-03", BaselineOrder.Uncertain, "the day of the dose is not known")]
    [InlineData("2021-03-05T08:30Z", "2021-03-05T09:30", BaselineOrder.AtOrBefore, "09:30 in Berlin is 08:30 UTC")]
    [InlineData("2021-03-05T08:31Z", "2021-03-05T09:30", BaselineOrder.After, "09:30 in Berlin is 08:30 UTC")]
    [InlineData("2021-03-04T23:30Z", "2021-03-04", BaselineOrder.After, "in Berlin that is the day after")]
    [InlineData("2021-03-06T00:30+02:00", "2021-03-05", BaselineOrder.AtOrBefore, "in Berlin that is still the day of the dose")]
    public void CompareForBaseline_IsByTimeWhereBothHaveOneElseByDate(string result, string dose, BaselineOrder order, string why) =>
        Assert.True(order == Read(result).CompareForBaseline(Read(dose), Berlin), why);

    [Fact]
    public void Default_IsNoDate() => Assert.Equal("", default(PartialDateTime).ToString());

    private static PartialDateTime Read(string text) => PartialDateTime.TryRead(text, out var date, out _) ? date : throw new ArgumentException(text);

    private static string Utc(long microseconds) =>
        DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}

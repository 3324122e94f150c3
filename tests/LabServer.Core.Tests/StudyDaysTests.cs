namespace LabServer.Core.Tests;

/// <summary>Study days, with day 1 the day of the first dose, and no day 0.</summary>
public sealed class StudyDaysTests
{
    [Theory]
    [InlineData("2021-03-10", "2021-03-10", "UTC", 1, 1)]
    [InlineData("2021-03-11", "2021-03-10", "UTC", 2, 2)]
    [InlineData("2021-03-09", "2021-03-10", "UTC", -1, -1)]
    [InlineData("2021-03-08T23:59", "2021-03-10T00:01", "UTC", -2, -2)]
    [InlineData("2021-03-10T08:00", "2021-03-10T09:00", "UTC", 1, 1)]
    [InlineData("2022-03-10", "2021-03-10", "UTC", 366, 366)]
    [InlineData("2021-03", "2021-03-10", "UTC", -9, 22)]
    [InlineData("2021-04", "2021-03-10", "UTC", 23, 52)]
    [InlineData("2021-03-12", "2021-03", "UTC", -19, 12)]
    // 23:30 in UTC is the next day in Shanghai; days are those of the study's zone.
    [InlineData("2021-03-10T23:30Z", "2021-03-10", "Asia/Shanghai", 2, 2)]
    [InlineData("2021-03-10T23:30", "2021-03-10", "Asia/Shanghai", 1, 1)]
    public void Of_ATimeAgainstTheFirstDose_AreTheDaysItCanBe(string time, string dose, string zone, int first, int last)
    {
        Assert.True(PartialDateTime.TryRead(time, out var at, out _));
        Assert.True(PartialDateTime.TryRead(dose, out var firstDose, out _));

        var days = StudyDays.Of(at, firstDose, TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(new StudyDays(first, last), days);
        Assert.Equal(first == last ? first : null, days.Certain);
    }
}

using System.Globalization;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Grading;

/// <summary>Which of a laboratory's ranges a result is judged by. The expected range is named by its upper limit; empty: none.</summary>
public sealed class StudyRangesTests
{
    private static readonly TestDefinition Alt = TestCatalogue.Default.FindKey("ALT")!;
    private static readonly TestDefinition Hgb = TestCatalogue.Default.FindKey("HGB")!;

    // test | sex | from age | to age | method | effective from | to | low | high | unit
    private static readonly StudyRanges BySexAndAge = Ranges.OfLaboratory1(
        "ALT |   |          | 28 days  | | | | 4 | 25 | U/L",
        "ALT |   | 28 days  | 12 months| | | | 4 | 30 | U/L",
        "ALT |   | 1 years  | 18 years | | | | 4 | 35 | U/L",
        "ALT | M | 18 years |          | | | | 5 | 45 | U/L",
        "ALT | F | 18 years | 65 years | | | | 5 | 40 | U/L",
        "ALT | F | 65 years |          | | | | 5 | 42 | U/L");

    private static readonly StudyRanges ByMethodAndDate = Ranges.OfLaboratory1(
        "ALT | | | |      |            | 2021-01-01 | 5 | 40 | U/L",
        "ALT | | | |      | 2021-01-01 | 2022-01-01 | 5 | 50 | U/L",
        "ALT | | | | IFCC | 2021-06-01 |            | 5 | 60 | U/L");

    [Theory]
    [InlineData("2021-03-01", "2021-03-28", Sex.Male, "25")] // 27 days old
    [InlineData("2021-03-01", "2021-03-29", Sex.Male, "30")] // 28 days old
    [InlineData("2020-03-01", "2021-02-28", Sex.Male, "30")] // a day before the first birthday
    [InlineData("2020-03-01", "2021-03-01", Sex.Female, "35")]
    [InlineData("2003-03-02", "2021-03-01", Sex.Male, "35")] // a day before the 18th birthday
    [InlineData("2003-03-01", "2021-03-01", Sex.Male, "45")]
    [InlineData("2003-03-01", "2021-03-01", Sex.Female, "40")]
    [InlineData("1956-03-02", "2021-03-01", Sex.Female, "40")]
    [InlineData("1956-03-01", "2021-03-01", Sex.Female, "42")]
    [InlineData("1956-03-01", "2021-03-01", Sex.Male, "45")]
    [InlineData("2003-03-02", "2021-03-01", Sex.Unknown, "35")] // a child's range does not ask the sex
    [InlineData("2003-03-01", "2021-03-01", Sex.Unknown, "")]
    [InlineData("2003-03-01", "2021-03-01", Sex.Undifferentiated, "")]
    [InlineData("", "2021-03-01", Sex.Male, "")]
    [InlineData("1950", "2021-03-01", Sex.Male, "45")] // any day of 1950 is over 18 years ago
    [InlineData("2003", "2021-03-01", Sex.Male, "")] // 17 or 18
    [InlineData("2003-03", "2021-03-31", Sex.Male, "45")] // 18 on every day of March
    [InlineData("2003-03", "2021-03-30", Sex.Male, "")] // not yet, if born on the 31st
    [InlineData("1956-03-15", "2021-03", Sex.Female, "")] // 64 or 65
    [InlineData("1956-03-15", "2021-04", Sex.Female, "42")]
    [InlineData("2021-03-02", "2021-03-01", Sex.Male, "")] // born after it
    public void Find_BySexAndAge_IsTheRangeOfTheSubject(string birth, string collected, Sex sex, string expected) =>
        Assert.Equal(expected, Find(BySexAndAge, birth, collected, sex));

    [Theory]
    [InlineData("2020-12-31", "", "40")]
    [InlineData("2020-12-31T23:59", "", "40")]
    [InlineData("2021-01-01", "", "50")]
    [InlineData("2021-12-31", "", "50")]
    [InlineData("2022-01-01", "", "")]
    [InlineData("2021-05-31", "IFCC", "50")] // the method's own does not hold yet
    [InlineData("2021-06-01", "IFCC", "60")]
    [InlineData("2021-06-01", " ifcc ", "60")]
    [InlineData("2021-06-01", "OTHER", "50")]
    [InlineData("2022-06-01", "IFCC", "60")]
    [InlineData("2021", "", "50")]
    [InlineData("2020", "", "40")]
    [InlineData("2022", "", "")]
    [InlineData("2021", "IFCC", "")] // the one or the other
    [InlineData("2021-06", "IFCC", "60")]
    [InlineData("2021-01-01T00:30+02:00", "", "40")] // still 2020 where the study is
    public void Find_ByMethodAndDate_IsTheRangeOfEveryDayItMayMean(string collected, string method, string expected) =>
        Assert.Equal(expected, Find(ByMethodAndDate, "", collected, Sex.Unknown, method));

    [Theory]
    [InlineData("2021-02-14", "")] // any day of the year, on both sides of the interval's ends
    [InlineData("2021-02", "")]
    [InlineData("2021", "")]
    [InlineData("2021-03-05", "7")]
    public void Find_IntervalWithinThePartialDate_IsNotCertain(string collected, string expected) =>
        Assert.Equal(expected, Find(Ranges.OfLaboratory1("ALT | | | | | 2021-03-01 | 2021-03-10 | | 7 | U/L"), "", collected, Sex.Male));

    [Fact]
    public void Find_OtherLaboratoryOrTest_IsNone()
    {
        Assert.Null(BySexAndAge.Find(Observed("2021-03-01") with { LaboratoryKey = 2 }, Subject("1950-01-01", Sex.Male), Alt));
        Assert.Null(BySexAndAge.Find(Observed("2021-03-01"), Subject("1950-01-01", Sex.Male), Hgb));
    }

    [Theory]
    [InlineData("g/dL", "12.5", "g/dL", "12.5")]
    [InlineData("g/dL", "12.5", "g/L", "125")]
    [InlineData("g/L", "125", "g/dL", "12.5")]
    [InlineData("mmol/L", "7.4", "g/L", "119.2436")] // × 16.114
    [InlineData("g/L", "120", "mmol/L", "7.44694054859129")] // 120 / 16.114
    [InlineData("g/dL", "14.1", "mmol/L", "8.75015514459476")] // 141 / 16.114, not by way of a rounded g/L
    public void Settle_InAnotherUnit_ConvertsTheLimitsTo15Digits(string rangeUnit, string low, string unit, string expected)
    {
        var ranges = Ranges.OfLaboratory1($"HGB | | | | | | | {low} | | {rangeUnit}");

        var settled = ranges.Settle(Observed("2021-03-01") with { Unit = unit }, Subject("", Sex.Unknown), Hgb);

        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), (decimal)settled.LowerLimit!.Value);
        Assert.Null(settled.UpperLimit);
        Assert.Equal((RangeSource.Laboratory, 1), (settled.RangeSource, settled.RangeKey));
    }

    [Theory]
    [InlineData(7d, 41d)]
    [InlineData(7d, null)] // one limit sent is a range: nothing of the laboratory's is mixed in
    [InlineData(null, 41d)]
    public void Settle_LimitsSentWithTheResult_Win(double? low, double? high)
    {
        var sent = Observed("2021-03-01") with { LowerLimit = low, UpperLimit = high, RangeSource = RangeSource.Result };

        Assert.Equal(sent, ByMethodAndDate.Settle(sent, Subject("", Sex.Male), Alt));
    }

    [Theory]
    [InlineData("5", "40", 5, RangeIndicator.Normal)]
    [InlineData("(5)", "40", 5, RangeIndicator.Low)]
    [InlineData("5", "40", 40, RangeIndicator.Normal)]
    [InlineData("5", "(40)", 40, RangeIndicator.High)]
    [InlineData("", "(40)", 39.9, RangeIndicator.Normal)]
    public void Settle_LimitThatIsNotNormalItself_DecidesTheIndicator(string low, string high, double value, RangeIndicator expected)
    {
        var ranges = Ranges.OfLaboratory1($"ALT | | | | | | | {low} | {high} | U/L");

        Assert.Equal(expected, ranges.Settle(Observed("2021-03-01") with { Value = value }, Subject("", Sex.Male), Alt).Indicator);
    }

    [Fact]
    public void Settle_ResultWithoutAUnit_HasNoRange()
    {
        var settled = ByMethodAndDate.Settle(Observed("2021-03-01") with { Value = null, Unit = null }, Subject("", Sex.Male), Alt);

        Assert.Equal((RangeSource.None, null, null), (settled.RangeSource, settled.UpperLimit, settled.RangeKey));
    }

    private static string Find(StudyRanges ranges, string birth, string collected, Sex sex, string method = "") =>
        ranges.Find(Observed(collected) with { Method = method }, Subject(birth, sex), Alt)?.High?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static SeriesSubject Subject(string birth, Sex sex) =>
        SeriesSubject.Of(new Subject { SubjectId = "01", Sex = sex, BirthDate = birth }, new Study { StudyId = "S" });

    private static Observation Observed(string collected) => new()
    {
        ResultKey = 1,
        CollectedUs = 0,
        CollectedAt = collected,
        Value = 100,
        Unit = "U/L",
        LaboratoryKey = 1,
    };
}

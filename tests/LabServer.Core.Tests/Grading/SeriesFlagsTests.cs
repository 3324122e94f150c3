using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Grading;

/// <summary>What is flagged, and what is not, in series of one subject.</summary>
public sealed class SeriesFlagsTests
{
    [Theory]
    // Test, value and unit as reported, and whether it can be believed.
    [InlineData("K", "45", "mmol/L", false)]
    [InlineData("K", "4.5", "mmol/L", true)]
    [InlineData("K", "0.45", "mmol/L", false)]
    [InlineData("K", "12", "mmol/L", true)]
    [InlineData("K", "12.1", "mmol/L", false)]
    [InlineData("K", "1", "mmol/L", true)]
    [InlineData("K", "0.9", "mmol/L", false)]
    [InlineData("HGB", "14", "g/L", false)]
    [InlineData("HGB", "14", "g/dL", true)]
    [InlineData("HGB", "140", "g/dL", false)]
    [InlineData("SODIUM", "14", "mmol/L", false)]
    [InlineData("SODIUM", "1400", "mmol/L", false)]
    [InlineData("CA", "9.5", "mmol/L", false)]
    [InlineData("CA", "9.5", "mg/dL", true)]
    [InlineData("CREAT", "1.0", "umol/L", false)]
    [InlineData("CREAT", "1.0", "mg/dL", true)]
    [InlineData("GLUC", "180", "mmol/L", false)]
    [InlineData("GLUC", "180", "mg/dL", true)]
    [InlineData("ALB", "4.0", "g/L", false)]
    [InlineData("ALB", "400", "g/L", false)]
    [InlineData("PLAT", "2500", "10*9/L", false)]
    [InlineData("HCT", "42", "1", false)]
    [InlineData("HCT", "42", "%", true)]
    [InlineData("CD4PCT", "101", "%", false)]
    [InlineData("INR", "2.5", "", true)]
    [InlineData("INR", "250", "", false)]
    [InlineData("TEMP", "98.6", "Cel", false)]
    [InlineData("FEV1", "3200", "L", false)]
    [InlineData("FEV1", "3200", "mL", true)]
    [InlineData("BASEEX", "-3", "mmol/L", true)]
    [InlineData("CEA", "999999", "ng/mL", true)]
    // Bounds, only when every value they allow is outside.
    [InlineData("K", ">45", "mmol/L", false)]
    [InlineData("K", ">12", "mmol/L", false)]
    [InlineData("K", ">=12", "mmol/L", true)]
    [InlineData("K", ">=12.1", "mmol/L", false)]
    [InlineData("K", ">7", "mmol/L", true)]
    [InlineData("K", "<1", "mmol/L", false)]
    [InlineData("K", "<=1", "mmol/L", true)]
    [InlineData("K", "<=0.9", "mmol/L", false)]
    [InlineData("K", "<3", "mmol/L", true)]
    [InlineData("HGB", "<14", "g/dL", true)]
    [InlineData("HGB", ">30", "g/dL", false)]
    public void Value_AgainstPlausibleLimits_IsFlaggedOutside(string key, string value, string unit, bool plausible)
    {
        var flags = Find(key, Observe(1, "2021-03-05", key, value, unit)).Where(flag => flag.Flag == FlagKind.ImplausibleValue);

        Assert.Equal(plausible ? 0 : 1, flags.Count());
    }

    [Theory]
    // Test; two results with their time; whether the second is flagged.
    [InlineData("HGB", "140 g/L 2021-03-05", "70 g/L 2021-03-06", true, "halved in a day")]
    [InlineData("HGB", "140 g/L 2021-03-05", "105 g/L 2021-03-06", false, "25 % is not over 25 %")]
    [InlineData("HGB", "140 g/L 2021-03-05", "104.9 g/L 2021-03-06", true, "just over 25 %")]
    [InlineData("HGB", "100 g/L 2021-03-05", "126 g/L 2021-03-06", true, "up as well as down")]
    [InlineData("HGB", "14.0 g/dL 2021-03-05", "140 g/L 2021-03-06", false, "the same in another unit")]
    [InlineData("HGB", "14.0 g/dL 2021-03-05", "70 g/L 2021-03-06", true, "halved in another unit")]
    [InlineData("HGB", "140 g/L 2021-03-05T08:00", "70 g/L 2021-03-08T08:00", true, "72 hours are within 72 hours")]
    [InlineData("HGB", "140 g/L 2021-03-05T08:00", "70 g/L 2021-03-08T08:01", false, "more than 72 hours apart")]
    [InlineData("HGB", "140 g/L 2021-03-05T08:00", "70 g/L 2021-03-05T08:00", true, "two measurements of one draw")]
    [InlineData("HGB", "140 g/L 2021-03", "70 g/L 2021-03-02", false, "the first may be weeks later")]
    [InlineData("HGB", "140 g/L 2021-03-05", "<70 g/L 2021-03-06", false, "a bound is no value")]
    [InlineData("HGB", "<140 g/L 2021-03-05", "70 g/L 2021-03-06", false, "a bound is no value")]
    [InlineData("MCV", "90 fL 2021-03-05", "95 fL 2021-03-06", true, "over 5 %")]
    [InlineData("MCV", "90 fL 2021-03-05", "93 fL 2021-03-06", false, "within 5 %")]
    [InlineData("PLAT", "200 10*9/L 2021-03-05", "90 10*9/L 2021-03-06", true, "over 50 %")]
    [InlineData("PLAT", "0 10*9/L 2021-03-05", "90 10*9/L 2021-03-06", false, "no percentage of 0")]
    [InlineData("K", "3.6 mmol/L 2021-03-05", "4.6 mmol/L 2021-03-06", true, "over 25 %")]
    [InlineData("SODIUM", "140 mmol/L 2021-03-05", "126 mmol/L 2021-03-06", true, "over 9 %")]
    [InlineData("SODIUM", "140 mmol/L 2021-03-05", "130 mmol/L 2021-03-06", false, "within 9 %")]
    [InlineData("CREAT", "80 umol/L 2021-03-05", "125 umol/L 2021-03-06", true, "over 50 %")]
    [InlineData("UREA", "5 mmol/L 2021-03-05", "8.5 mmol/L 2021-03-06", true, "over 60 %")]
    [InlineData("ALB", "40 g/L 2021-03-05", "29 g/L 2021-03-06", true, "over 25 %")]
    [InlineData("CA", "2.4 mmol/L 2021-03-05", "1.8 mmol/L 2021-03-06", true, "over 20 %")]
    [InlineData("BILI", "10 umol/L 2021-03-05", "21 umol/L 2021-03-06", true, "over 100 %")]
    [InlineData("ALT", "10 U/L 2021-03-05", "900 U/L 2021-03-06", false, "no delta check: it does move so")]
    public void Change_AgainstTheDeltaCheck_IsFlaggedWhenOver(string key, string before, string after, bool flagged, string why)
    {
        var flags = Find(key, Observe(7, key, before), Observe(9, key, after)).Where(flag => flag.Flag == FlagKind.DeltaCheck).ToList();

        Assert.True(flags.Count == (flagged ? 1 : 0), why);
        Assert.All(flags, flag => Assert.Equal((9L, 7L), (flag.ResultKey, flag.OtherResultKey)));
    }

    [Fact]
    public void Change_FromASpoiledSpecimen_IsMeasuredFromTheOneBefore()
    {
        var spoiled = Observe(2, "K", "7.5 mmol/L 2021-03-06") with { IsSpoiled = true, SpecimenCondition = "HEMOLYZED" };

        var flags = Find("K", Observe(1, "K", "4.2 mmol/L 2021-03-05"), spoiled, Observe(3, "K", "4.3 mmol/L 2021-03-07"));

        Assert.Equal(
            [(2L, FlagKind.DeltaCheck, 1L), (2L, FlagKind.SpoiledSpecimen, null)],
            flags.Select(flag => (flag.ResultKey, flag.Flag, flag.OtherResultKey)));
        Assert.Equal("specimen HEMOLYZED", flags[1].Detail);
    }

    [Fact]
    public void Results_OfOneCollectionTime_AreAllFlaggedAndTheLastGradableIsNamed()
    {
        var flags = Find(
            "CRP",
            Observe(1, "CRP", "5 mg/L 2021-03-04T08:00"),
            Observe(4, "CRP", "6 mg/L 2021-03-05T08:00"),
            Observe(3, "CRP", "7 mg/L 2021-03-05T08:00"),
            Observe(2, "CRP", "<1 mg/L 2021-03-05T08:00"));

        Assert.Equal(
            [
                (2L, FlagKind.DuplicateInDraw, (long?)3, "3 of 3 results of one collection time; another is the last gradable one"),
                (3L, FlagKind.DuplicateInDraw, null, "2 of 3 results of one collection time; the last gradable one, which can be the baseline"),
                (4L, FlagKind.DuplicateInDraw, 3, "1 of 3 results of one collection time; another is the last gradable one"),
            ],
            flags.Select(flag => (flag.ResultKey, flag.Flag, flag.OtherResultKey, flag.Detail)));
    }

    [Fact]
    public void Text_WhereNumbersAre_IsFlaggedAndWhereCodesAreIsNot()
    {
        var text = new Observation { ResultKey = 1, CollectedUs = 0, CollectedAt = "2021-03-05" };

        Assert.Equal([FlagKind.TextForNumber], Find("ALT", text).Select(flag => flag.Flag));
        Assert.Empty(Find("COLOR:URINE", text));
    }

    [Theory]
    [InlineData(ResultStatus.Preliminary, 1)]
    [InlineData(ResultStatus.Final, 0)]
    [InlineData(ResultStatus.Corrected, 0)]
    public void Status_Preliminary_IsFlagged(ResultStatus status, int flags) =>
        Assert.Equal(flags, Find("ALT", Observe(1, "ALT", "30 U/L 2021-03-05") with { Status = status }).Count(flag => flag.Flag == FlagKind.Preliminary));

    private static IReadOnlyList<SeriesFlag> Find(string key, params Observation[] series) => SeriesFlags.Find(series, Test(key));

    private static TestDefinition Test(string key) => TestCatalogue.Default.FindKey(key)!;

    private static Observation Observe(long resultKey, string key, string text) =>
        text.Split(' ') is [var value, var unit, var collectedAt] ? Observe(resultKey, collectedAt, key, value, unit) : throw new ArgumentException(text);

    private static Observation Observe(long resultKey, string collectedAt, string key, string value, string unit)
    {
        Assert.Null(ReportedValueReader.Read(value, out var read));
        Assert.True(PartialDateTime.TryRead(collectedAt, out var collected, out _));
        var known = Test(key).FindUnit(unit)!;
        return new Observation
        {
            ResultKey = resultKey,
            CollectedAt = collectedAt,
            CollectedUs = collected.StartUtc(TimeZoneInfo.Utc),
            Value = (double?)read.Number,
            Qualifier = read.Qualifier,
            Unit = known.Code,
            StandardValue = read.Qualifier == ValueQualifier.None ? known.ToStandard(read.Number!.Value) : null,
        };
    }
}

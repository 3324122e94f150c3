using System.Globalization;
using LabServer.Core.Tests.Support;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Grading;

/// <summary>ALT results of laboratory CENTRAL, of a man and a woman; expected lines are reason, upper limit of the range, version, results, last collected.</summary>
public sealed class OutdatedRangesTests
{
    [Fact]
    public async Task Find_ResultsWithTheirOwnLimitsAndNoRanges_IsNothing()
    {
        await using var study = await With(Alt("a", "30", "2021-03-02"));

        Assert.Empty(Found(study));
    }

    [Fact]
    public async Task Find_ResultsWithoutLimitsAndNoRange_IsNone()
    {
        await using var study = await With(Bare("a", "2021-03-02"), Bare("b", "2021-03-09"), Bare("text", "2021-04-01") with { ReportedValue = "QNS" });

        Assert.Equal(["None - 0 2 2021-03-09"], Found(study));
        await study.Import(apply: true, "AST | | | | | | | 5 | 40 | U/L");
        Assert.Equal(["None - 0 2 2021-03-09"], Found(study));
    }

    [Fact]
    public async Task Find_ResultsAfterTheLastRangeHasEnded_IsExpiredForTheSexConcerned()
    {
        await using var study = await With(
            Bare("a", "2021-03-31"), Bare("b", "2021-04-01"), Bare("c", "2021-05-01"), Bare("d", "2021-05-02", "02"));
        await study.Import(
            apply: true,
            "ALT | M | | | | | 2021-03-01 | 5 | 39 | U/L",
            "ALT | M | | | | 2021-03-01 | 2021-04-01 | 5 | 40 | U/L",
            "ALT | F | | | | | | 5 | 35 | U/L");

        Assert.Equal(["Expired 40 1 2 2021-05-01"], Found(study));
    }

    [Theory]
    [InlineData("ALT | M | 18 years | | | | | 5 | 40 | U/L")] // the birth date is not known
    [InlineData("ALT | F | | | | | | 5 | 40 | U/L")]
    [InlineData("ALT | | | | IFCC | | | 5 | 40 | U/L")]
    [InlineData("ALT | | | | | 2021-06-01 | | 5 | 40 | U/L")]
    public async Task Find_NoRangeIsForTheResult_IsNotCovered(string range)
    {
        await using var study = await With(Bare("a", "2021-03-31"));
        await study.Import(apply: true, range);

        Assert.Equal(["NotCovered - 0 1 2021-03-31"], Found(study));
    }

    [Fact]
    public async Task Find_NewerVersionNotInForce_IsNotAppliedWhereItWouldGiveOtherLimits()
    {
        await using var study = await With(Bare("a", "2021-03-31"), Bare("b", "2021-04-01", "02"), Alt("own", "30", "2021-04-02"));
        await study.Import(apply: true, "ALT | M | | | | | | 5 | 40 | U/L", "ALT | F | | | | | | 5 | 35 | U/L");
        await study.Import(apply: false, "ALT | M | | | | | | 5 | 45 | U/L", "ALT | F | | | | | | 5 | 35 | U/L");

        Assert.Equal(["NotApplied 45 2 1 2021-03-31"], Found(study));
        await study.Apply(2);
        Assert.Equal(["Differs 45 2 1 2021-04-02"], Found(study));
    }

    [Fact]
    public async Task Find_FirstVersionNotInForce_IsNotApplied()
    {
        await using var study = await With(Bare("a", "2021-03-31"));
        await study.Import(apply: false, "ALT | | | | | | | 5 | (40) | U/L");
        await study.Import(apply: false, "ALT | | | | | | | 5 | 40 | U/L");

        Assert.Equal(["NotApplied 40 2 1 2021-03-31"], Found(study));
        await study.Apply(1);
        Assert.Equal(["NotApplied 40 2 1 2021-03-31"], Found(study)); // 40 itself is normal only by the newer one
        await study.Apply(2);
        Assert.Empty(Found(study));
    }

    [Theory]
    [InlineData("ALT | | | | | | | 5 | 40 | U/L", "")]
    [InlineData("ALT | | | | | | | 5.00 | 40.0 | U/L", "")]
    [InlineData("ALT | | | | | | | 5 | 41 | U/L", "Differs 41 1 1 2021-03-02")]
    [InlineData("ALT | | | | | | | 4 | 40 | U/L", "Differs 40 1 1 2021-03-02")]
    [InlineData("ALT | | | | | | | | 40 | U/L", "Differs 40 1 1 2021-03-02")]
    [InlineData("ALT | | | | | | | 0.3 | 0.666666666666666667 | ukat/L", "Differs 0.666666666666666667 1 1 2021-03-02")] // 18 to 40 U/L
    [InlineData("ALT | F | | | | | | 5 | 35 | U/L", "")]
    public async Task Find_LimitsSentWithTheResult_AreComparedAfterConversion(string range, string expected)
    {
        await using var study = await With(Alt("a", "30", "2021-03-02"));
        await study.Import(apply: true, range);

        Assert.Equal(expected, string.Join("; ", Found(study)));
    }

    [Fact]
    public async Task Find_LimitsInAnotherUnitThatAreTheSame_IsNothing()
    {
        await using var study = await With(Alt("a", "30", "2021-03-02") with { ReferenceLow = "6", ReferenceHigh = "45" });
        await study.Import(apply: true, "ALT | | | | | | | 0.1 | 0.75 | ukat/L");

        Assert.Empty(Found(study));
    }

    private static async Task<TestStudy> With(params LabResult[] results)
    {
        var study = await Create();
        await study.Register("01");
        await study.Register(new Subject { SubjectId = "02", Arm = "A", PlannedArm = "A", Sex = Sex.Female, FirstDoseAt = "2021-03-01" });
        await study.Push(results);
        await study.Grade();
        return study;
    }

    private static LabResult Bare(string id, string collectedAt, string subject = "01") =>
        Alt(id, "30", collectedAt, subject) with { ReferenceLow = "", ReferenceHigh = "" };

    private static IEnumerable<string> Found(TestStudy study) => study.Outdated.Find(study.Study, CancellationToken.None).Select(row => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Reason} {(row.Range is { } range ? range.High!.Value.ToString(CultureInfo.InvariantCulture) : "-")} {row.Version} {row.Results} {row.LastCollectedAt}"));
}

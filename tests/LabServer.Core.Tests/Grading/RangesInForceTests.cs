using System.Globalization;
using Dapper;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Grading;

/// <summary>ALT of a man without limits on the results; CTCAE 4.03, so that over ULN is grade 1, over 3 × ULN grade 2.</summary>
public sealed class RangesInForceTests
{
    private const string Upper40 = "ALT | | | | | | | 5 | 40 | U/L";
    private const string Upper50 = "ALT | | | | | | | 5 | 50 | U/L";
    private const string Ast40 = "AST | | | | | | | 5 | 40 | U/L";

    private static readonly string[] Derived =
    [
        "SELECT * FROM grade ORDER BY 1, 2, 3, 4, 5",
        "SELECT * FROM adverse_event ORDER BY 1, 2, 3, 4, 5",
        "SELECT * FROM not_gradable ORDER BY 1, 2, 3, 4",
    ];

    [Fact]
    public async Task Grading_ResultWithoutLimits_IsNotGradableUntilARangeIsInForce()
    {
        await using var study = await Graded(("d", "45", "2021-03-05"));
        Assert.Equal("UPPER_LIMIT_MISSING", Grades(study));

        var imported = await study.Import(apply: false, Upper40);
        Assert.Equal((1, true, 0), (imported.Version, imported.IsNew, imported.MarkedSeries));
        Assert.Equal(0, (await study.GradeFully()).Differences);
        Assert.Equal("UPPER_LIMIT_MISSING", Grades(study));

        Assert.Equal(1, (await study.Apply(1)).MarkedSeries);
        var counts = await study.Grade();
        Assert.Equal("1", Grades(study));
        Assert.Equal(2, counts.Differences); // the grade and its event
    }

    [Fact]
    public async Task Apply_NewVersion_RegradesItsSeriesAloneAndTheRunCountsTheDifferences()
    {
        await using var study = await Graded(("d", "45", "2021-03-05"), ("e", "60", "2021-03-06"));
        await study.Register("02");
        await PushFromOther(study, Bare("other", "45", "2021-03-05") with { SubjectId = "02" });
        await study.Import(apply: true, Upper40);
        await study.Grade();

        await study.Import(apply: true, Upper50);
        var counts = await study.Grade();

        Assert.Equal(1, counts.Series);
        Assert.True(counts.Differences >= 2);
        Assert.Equal("0 1 UPPER_LIMIT_MISSING", Grades(study));
        Assert.Equal("2021-03-06", Assert.Single(study.AllEvents()).Onset);
        Assert.Equal(0, (await study.GradeFully()).Differences);
    }

    [Fact]
    public async Task Apply_VersionInForceAlready_ChangesNothing()
    {
        await using var study = await Graded(("d", "45", "2021-03-05"));
        await study.Import(apply: true, Upper40);
        await study.Grade();

        var again = await study.Apply(1);

        Assert.Equal((1, 1, 0), (again.Version, again.Before, again.MarkedSeries));
        Assert.Equal(0, (await study.Grade()).Series);
        Assert.Single(study.Ranges.Versions(study.Study.StudyKey, "", "", 0, 10).Single(version => version.Version == 1).Applications);
    }

    [Fact]
    public async Task Apply_OlderVersion_GivesTheGradesOfBeforeByteForByte()
    {
        await using var study = await Graded(("b", "30", "2021-02-27"), ("d", "45", "2021-03-05"), ("e", "210", "2021-03-06"));
        await study.Import(apply: true, Upper40);
        await study.Grade();
        var before = Dump(study);

        await study.Import(apply: true, Upper50, Ast40);
        await study.Grade();
        var between = Dump(study);
        await study.Apply(1);
        await study.Grade();

        Assert.NotEqual(before, between);
        Assert.Equal(before, Dump(study));
        Assert.Equal(0, (await study.GradeFully()).Differences);
    }

    [Fact]
    public async Task Apply_Version0_TakesEveryRangeOutOfForce()
    {
        await using var study = await Graded(("d", "45", "2021-03-05"));
        var before = Dump(study);
        await study.Import(apply: true, Upper40);
        await study.Grade();

        await study.Apply(0);
        await study.Grade();

        Assert.Equal(before, Dump(study));
    }

    [Fact]
    public async Task Import_VersionThatLeavesARangeAsItIs_ChangesNothingThatWasGradedByIt()
    {
        await using var study = await Graded(("d", "45", "2021-03-05"));
        await study.Import(apply: true, Upper40);
        await study.Grade();

        var second = await study.Import(apply: true, Ast40, Upper40);
        var counts = await study.Grade();

        Assert.Equal((2, 1, 0), (second.Version, counts.Series, counts.Differences));
        var value = study.Explanations.Explain(ResultKey(study, "d"), "ctcae-4.03").Single().Value;
        Assert.Equal((RangeSource.Laboratory, 2), (value.RangeSource, value.RangeVersion));
    }

    [Fact]
    public async Task Import_SameRangesAgain_IsNoNewVersion()
    {
        await using var study = await Graded();
        await study.Import(apply: false, Upper40, Ast40);

        var again = await study.Import(apply: false, "ALT | | | | | | | 5.0 | 40.00 | U/L", Ast40);

        Assert.Equal((1, false), (again.Version, again.IsNew));
    }

    [Fact]
    public async Task Import_CheckedAgainstAnOlderVersion_StoresNothing()
    {
        await using var study = await Graded();
        await study.Import(apply: false, Upper40);
        var late = new RangeImportRequest(Laboratory, 0, Ranges.Good(Upper50), Apply: true, "tester", "");

        Assert.Null(await study.Ranges.Import(study.Study, late, CancellationToken.None));

        Assert.Equal((1, 40m), (study.Ranges.Newest(study.Study.StudyKey, Laboratory).Version, study.Ranges.Newest(study.Study.StudyKey, Laboratory).Ranges.Single().High));
    }

    [Theory]
    [InlineData("NO-SUCH", 1)]
    [InlineData(Laboratory, 2)]
    public async Task Apply_UnknownLaboratoryOrVersion_IsNone(string laboratory, int version)
    {
        await using var study = await Graded();
        await study.Import(apply: false, Upper40);

        Assert.Null(await study.Ranges.Apply(study.Study, laboratory, version, "tester", "", CancellationToken.None));
    }

    [Fact]
    public async Task Grading_LimitsOnTheResult_WinOverTheLaboratorysAndItsRangesChangeNothing()
    {
        await using var study = await Graded();
        await study.Push(Alt("own", "45", "2021-03-05")); // sent with 5 to 40
        await study.Push(Alt("low", "45", "2021-03-06") with { ReferenceHigh = "" });
        await study.Grade();

        await study.Import(apply: true, Upper50);
        var counts = await study.Grade();

        Assert.Equal((1, 0), (counts.Series, counts.Differences));
        Assert.Equal("1 UPPER_LIMIT_MISSING", Grades(study));
    }

    [Fact]
    public async Task Grading_BaselineJudgedByTheLaboratorysRange_GivesItsIndicatorAndIsExplained()
    {
        await using var study = await Create("UTC", "ctcae-5.0");
        await study.Register("01");
        await study.Push(Bare("b", "45", "2021-02-27"), Bare("d", "80", "2021-03-05"));
        await study.Import(apply: true, "ALT | | | | | | 2021-03-01 | 5 | (45) | U/L", "ALT | M | | | | 2021-03-01 | | 5 | 40 | U/L");
        await study.Grade();

        var found = study.Explanations.Explain(ResultKey(study, "d"), "ctcae-5.0").Single();

        // A baseline of 45 is high by <45, so CTCAE 5.0 judges 80 by multiples of it: over 1.5 × 45 = 67.5.
        Assert.Equal((1, RangeIndicator.High, 45, 5), (found.Grade, found.Baseline!.Indicator, found.Baseline.UpperLimit, found.Baseline.LowerLimit));
        Assert.Equal(new DateOnly(2021, 3, 1), found.Baseline.Range!.EffectiveTo);
        Assert.False(found.Baseline.Range.HighInclusive);
        Assert.Equal((40, 1, Sex.Male), (found.Value.UpperLimit, found.Value.RangeVersion, found.Value.Range!.Sex));
    }

    [Fact]
    public async Task Adlb_ResultWithoutLimits_HasThoseInForceInStandardUnits()
    {
        await using var study = await Graded(("d", "45", "2021-03-05"));
        await study.Import(apply: true, "ALT | | | | | | | 0.1 | 0.75 | ukat/L");
        await study.Grade();

        var row = Assert.Single(study.Adlb.Rows(study.Study, ArmSight.Unblinded, "ctcae-4.03"));

        Assert.Equal((6, 45, RangeIndicator.Normal), (row.LowerLimit, row.UpperLimit, row.Indicator));
    }

    [Fact]
    public async Task Apply_AfterResultsThatAreNotTakenUpYet_GradesThemByIt()
    {
        await using var study = await Create("UTC", "ctcae-4.03");
        await study.Register("01");
        await study.Push(Bare("d", "45", "2021-03-05"));
        await study.Import(apply: true, Upper40);

        await study.Grade();

        Assert.Equal("1", Grades(study));
    }

    [Fact]
    public async Task Grading_SubjectsBirthDateComesLater_IsGradedByTheRangeOfItsAge()
    {
        await using var study = await Graded(("d", "45", "2021-03-05"));
        await study.Import(apply: true, "ALT | | | 18 years | | | | 5 | 30 | U/L", "ALT | | 18 years | | | | | 5 | 40 | U/L");
        await study.Grade();
        Assert.Equal("UPPER_LIMIT_MISSING", Grades(study));

        await study.Register(new Subject { SubjectId = "01", Arm = "A", PlannedArm = "A", Sex = Sex.Male, BirthDate = "1950", FirstDoseAt = "2021-03-01" });
        await study.Grade();

        Assert.Equal("1", Grades(study));
    }

    [Fact]
    public async Task Apply_RangeOfADerivedTest_RegradesWhatIsDerivedForTheLaboratoryAndNamesIt()
    {
        await using var study = await Create("UTC", "ctcae-4.03");
        await study.Register("01");
        await study.Push(
            Bare("wbc", "4", "2021-03-05T08:00") with { TestCode = "WBC", ReportedUnit = "10*9/L" },
            Bare("share", "25", "2021-03-05T08:00") with { TestCode = "LYMLE", ReportedUnit = "%" });
        await study.Grade();
        Assert.Empty(study.AllEvents());

        // 4 × 25 % is 1.0, under a lower limit of 1.2 and not under one of 0.9.
        await study.Import(apply: true, "LYM | | | | | | | 1.2 | 4 | 10*9/L");
        await study.Grade();
        Assert.Equal("Lymphocyte count decreased", Assert.Single(study.AllEvents()).Term.Name);
        Assert.Equal(0, (await study.GradeFully()).Differences);
        var derived = study.Results.List(study.Study.StudyKey, "01", "LYM", true, 0, 10).Single();
        Assert.Equal((1, Laboratory), study.Explanations.Explain(derived.ResultKey, "ctcae-4.03")
            .Where(grade => grade.Term.Name == "Lymphocyte count decreased").Select(grade => (grade.Grade ?? -1, grade.Value.RangeLaboratory)).Single());

        await study.Import(apply: true, "LYM | | | | | | | 0.9 | 4 | 10*9/L");
        await study.Grade();
        Assert.Empty(study.AllEvents());
    }

    private static async Task<TestStudy> Graded(params (string Id, string Value, string CollectedAt)[] results)
    {
        var study = await Create("UTC", "ctcae-4.03");
        await study.Register("01");
        await study.Push([.. results.Select(result => Bare(result.Id, result.Value, result.CollectedAt))]);
        await study.Grade();
        return study;
    }

    private static Task<ResultOutcome[]> PushFromOther(TestStudy study, LabResult result)
    {
        var context = new CheckContext(TimeProvider.System, study.Study.Zone(), study.Catalogue.Value);
        return study.Results.Append(
            new ResultBatch(study.Study, "OTHER", "tester", context, [ResultChecks.Check(result, context)]), CancellationToken.None);
    }

    private static LabResult Bare(string id, string value, string collectedAt) =>
        Alt(id, value, collectedAt) with { ReferenceLow = "", ReferenceHigh = "" };

    private static string Grades(TestStudy study) => string.Join(' ', study.Adlb.Rows(study.Study, ArmSight.Unblinded, "ctcae-4.03")
        .Select(row => row.High.Grade?.ToString(CultureInfo.InvariantCulture) ?? row.High.Reason));

    private static long ResultKey(TestStudy study, string id) => study.Results.Versions(study.Study.StudyKey, "", id)[^1].ResultKey;

    private static string Dump(TestStudy study)
    {
        using var connection = study.Database.Read();
        return string.Join('\n', Derived.SelectMany(sql => connection.Query(sql).Select(row => string.Join('|', (IDictionary<string, object>)row))));
    }
}

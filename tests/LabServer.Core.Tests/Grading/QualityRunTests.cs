using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Tests.Support;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Grading;

/// <summary>Flags and spoiled specimens from stored results to what is shown.</summary>
public sealed class QualityRunTests
{
    private const string Claims = "SELECT SUM(fence) FROM grading_share";

    [Fact]
    public async Task Flags_OfAGradedSeries_AreStoredAndGoWithTheirResult()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Potassium("a", "4.2", "2021-03-05"), Potassium("b", "45", "2021-03-06"));
        await study.Grade();
        Assert.Equal(["b IMPLAUSIBLE_VALUE 45 is not within 1 to 12 mmol/L ", "b DELTA_CHECK 4.2 at 2021-03-05, then 45 mmol/L: over 25 % in 72 h a"], Flags(study));

        await study.Push(Potassium("b", "4.5", "2021-03-06") with { Version = 2 });
        await study.Grade();

        Assert.Empty(Flags(study));
        Assert.Empty(study.Flags.FlaggedResults(study.Study.StudyKey, null, "", "", 0, 10));
    }

    [Fact]
    public async Task Flags_OfAnImplausibleResult_LeaveItsGradeAsItIs()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Potassium("b", "45", "2021-03-06"));

        await study.Grade();

        Assert.Equal(4, Assert.Single(study.AllEvents()).WorstGrade);
    }

    [SqliteFact]
    public async Task Regrading_WithoutAChange_WritesNoFlag()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Potassium("a", "4.2", "2021-03-05"), Potassium("b", "45", "2021-03-06"), Potassium("c", "QNS", "2021-03-06"));
        await study.Grade();
        var (before, claims, changes) = (Flags(study), await study.Count(Claims), await TotalChanges(study));

        Assert.Equal(0, (await study.GradeFully()).Differences);

        Assert.NotEmpty(before);
        Assert.Equal(before, Flags(study));

        // But for the shares that were claimed and given back, nothing is written.
        Assert.Equal(changes + (2 * (await study.Count(Claims) - claims)), await TotalChanges(study));
    }

    [Fact]
    public async Task Flags_AnyOrderOfArrival_AreTheSame()
    {
        LabResult[] results =
        [
            .. Enumerable.Range(1, 24).Select(i => Potassium($"r{i}", $"{i * 17 % 60}.5", $"2021-03-{(i / 3) + 1:00}") with
            {
                SpecimenCondition = i % 7 == 0 ? "HEMOLYZED" : "",
                Status = i % 5 == 0 ? ResultStatus.Preliminary : ResultStatus.Final,
            }),
        ];

        var inOrder = await FlagsOf(results, gradeEach: 24);
        var backwards = await FlagsOf([.. results.Reverse()], gradeEach: 5);

        Assert.Equal(
            ["DELTA_CHECK", "DUPLICATE_IN_DRAW", "IMPLAUSIBLE_VALUE", "PRELIMINARY", "SPOILED_SPECIMEN"],
            inOrder.Select(line => line.Split(' ')[1]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(inOrder, backwards);
    }

    [Fact]
    public async Task Flags_ByKindSubjectAndTest_AreFilteredAndPaged()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Register("02");
        await study.Push(
            Potassium("a", "45", "2021-03-05"), Potassium("b", "46", "2021-03-15", "02"), Alt("c", "QNS", "2021-03-05"), Alt("d", "30", "2021-03-06"));
        await study.Grade();

        Assert.Equal(["a", "b", "c"], Keys(study, null, "", "", 10));
        Assert.Equal(["a", "b"], Keys(study, FlagKind.ImplausibleValue, "", "", 10));
        Assert.Equal(["a", "c"], Keys(study, null, "01", "", 10));
        Assert.Equal(["c"], Keys(study, null, "", "ALT", 10));
        Assert.Equal(["a", "b"], Keys(study, null, "", "", 2));
    }

    [Fact]
    public async Task HemolyzedPotassium_ByDefault_IsNotGradableNoEventAndNoBaseline()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(
            Potassium("b1", "4.0", "2021-02-20"), Potassium("b2", "7.5", "2021-02-28") with { SpecimenCondition = "HEMOLYZED" },
            Potassium("d", "7.5", "2021-03-05") with { SpecimenCondition = "SLIGHTLY HEMOLYZED" });

        await study.Grade();

        Assert.Empty(study.AllEvents());
        var rows = study.Adlb.Rows(study.Study, ArmSight.Unblinded, Study.DefaultRuleSet).ToList();
        Assert.Equal(["b1"], rows.Where(row => row.IsBaseline).Select(row => row.SourceResultId));
        Assert.All(rows.Where(row => row.SourceResultId != "b1"), row => Assert.Equal(
            (null, "SPECIMEN_SPOILED", ""), (row.High.Grade, row.High.Reason, row.Grade)));
        Assert.All(rows.Where(row => row.SourceResultId != "b1"), row => Assert.Contains(FlagKind.SpoiledSpecimen, row.Flags));
        Assert.All(rows, row => Assert.Equal(4.0, row.Baseline));
    }

    [Fact]
    public async Task HemolyzedPotassium_WhereTheStudyGradesIt_IsGradedWithAMark()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Potassium("d", "7.5", "2021-03-05") with { SpecimenCondition = "HEMOLYZED" });
        await study.Grade();
        Assert.Empty(study.AllEvents());

        await study.Studies.ChangeSettings(
            study.Study.StudyKey, before => before with { SpoiledSpecimens = SpoiledSpecimens.GradedWithFlag }, TestStudy.Tester, CancellationToken.None);
        await study.Grade();

        Assert.Equal(4, Assert.Single(study.AllEvents()).WorstGrade);
        Assert.Equal((long)GradeMarks.SpoiledSpecimen, Scalar(study, "SELECT marks FROM grade WHERE grade = 4"));
        Assert.Equal(["d SPOILED_SPECIMEN specimen HEMOLYZED "], Flags(study));
    }

    [Fact]
    public async Task HemolyzedCReactiveProtein_IsNotSpoiled()
    {
        await using var study = await Create();
        await study.Register("01");
        await study.Push(Potassium("d", "7.5", "2021-03-05") with { TestCode = "CRP", ReportedUnit = "mg/L", SpecimenCondition = "HEMOLYZED" });

        await study.Grade();

        Assert.Empty(Flags(study));
    }

    private static LabResult Potassium(string id, string value, string collectedAt, string subject = "01") =>
        Alt(id, value, collectedAt, subject) with { TestCode = "K", ReportedUnit = "mmol/L", ReferenceLow = "3.5", ReferenceHigh = "5" };

    private static List<string> Flags(TestStudy study)
    {
        var results = study.Results.List(study.Study.StudyKey, "", "", true, 0, 100);
        var flags = study.Flags.Of(results.Select(result => result.ResultKey));
        return [.. from result in results
                   from flag in flags[result.ResultKey]
                   select $"{result.Result.SourceResultId} {flag.Flag.Word()} {flag.Detail} {flag.OtherSourceResultId}"];
    }

    private static async Task<List<string>> FlagsOf(LabResult[] results, int gradeEach)
    {
        await using var study = await Create();
        await study.Register("01");
        foreach (var chunk in results.Chunk(gradeEach))
        {
            await study.Push(chunk);
            await study.Grade();
        }

        return [.. Flags(study).Order(StringComparer.Ordinal)];
    }

    private static List<string> Keys(TestStudy study, FlagKind? kind, string subject, string test, int take)
    {
        var studyKey = study.Study.StudyKey;
        return [.. study.Results.ByKeys(studyKey, study.Flags.FlaggedResults(studyKey, kind, subject, test, 0, take)).Select(result => result.Result.SourceResultId)];
    }

    private static long Scalar(TestStudy study, string sql)
    {
        using var connection = study.Database.Read();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    // Of the one connection that writes: how many rows it has written since it was opened.
    private static Task<long> TotalChanges(TestStudy study) => study.Database.Writer.Run(
        session =>
        {
            using var command = session.Connection.CreateCommand();
            command.Transaction = session.Transaction;
            command.CommandText = "SELECT total_changes()";
            return (long)command.ExecuteScalar()!;
        },
        rows: 1,
        CancellationToken.None);
}

using LabServer.Core.Reports;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Reports;

/// <summary>Reports of a database: frozen, stored whole, made again.</summary>
public sealed class SafetyReportRunTests
{
    [Fact]
    public async Task Make_FirstAndSecond_TellWhatIsNewSinceTheFirst()
    {
        await using var study = await Graded();
        var (reports, run) = Reporting(study);

        var first = await run.Make(study.Study, "r1", _ => { }, CancellationToken.None);
        await study.Push(Alt("b1", "900", "2021-03-09", "02"), Alt("a2", "210", "2021-03-04", version: 2));
        await study.Grade();
        var second = await run.Make(study.Study, "r2", _ => { }, CancellationToken.None);
        var third = await run.Make(study.Study, "r3", _ => { }, CancellationToken.None);

        Assert.Equal((null, 1L, 0L), (first.PreviousUs, first.Counts.ChangedEvents, first.Counts.NewSevereEvents));
        Assert.Equal((first.CutOffUs, 2L, 2L), (second.PreviousUs, second.Counts.ChangedEvents, second.Counts.NewSevereEvents));
        Assert.Equal(0, third.Counts.ChangedEvents);
        var (material, _) = reports.Material(second);
        Assert.Equal(
            ["New 02 4  ", "Worse 01 3 2 grade 2 → 3"],
            material.Events.Select(found => $"{found.News} {found.SubjectId} {found.Grade} {found.GradeBefore} {found.What}"));
        Assert.Equal(["02", "01"], material.Courses.Select(course => course.SubjectId));
        Assert.Equal([1, 2, 3, 4], material.Courses[1].Thresholds.Select(line => line.Grade));
        Assert.Equal(2, material.Alerts.Count);
        Assert.Equal((7, 5), (material.Counts.Results, material.PreviousCounts!.Results));
    }

    [Fact]
    public async Task Remake_AfterMoreDataAndOtherSubjects_GivesTheSameBytes()
    {
        await using var study = await Graded();
        var (reports, run) = Reporting(study);
        var report = await run.Make(study.Study, "r1", _ => { }, CancellationToken.None);
        var before = Enum.GetValues<ReportEdition>().Select(edition => reports.Edition(report, edition)).ToList();

        await study.Push(Alt("b1", "900", "2021-03-09", "02"));
        await study.Register("03", "B");
        await study.Register("01", "B");
        await study.Grade();
        await run.Make(study.Study, "r2", _ => { }, CancellationToken.None);

        foreach (var edition in before)
        {
            var again = run.Remake(report, edition.Edition)!;
            Assert.Equal(edition.Sha256, again.Sha256);
            Assert.Equal(edition.Files, again.Files);
            Assert.All(edition.Files, file => Assert.Equal(file.Sha256, MaterialJson.Hash(reports.Content(report, edition.Edition, file.Name))));
        }
    }

    [Fact]
    public async Task Make_TwoDatabasesThatDifferInArmsAlone_GiveTheSameBlindedBytes()
    {
        var hashes = new List<(string Blinded, string ByArm)>();
        foreach (var arms in (string[][])[["A", "B", "A", "B"], ["B", "A", "B", "B"], ["A", "A", "", "A"]])
        {
            await using var study = await TestStudy.Create();
            for (var i = 0; i < 4; i++)
            {
                await study.Register($"0{i + 1}", arms[i]);
            }

            await study.Push(
                Alt("1", "130", "2021-03-03"), Alt("2", "250", "2021-03-03", "02"), Alt("3", "900", "2021-03-03", "03"), Alt("4", "30", "2021-03-03", "04"),
                Bilirubin("5", "50", "2021-03-03", "02"), Bilirubin("6", "10", "2021-03-03", "03"));
            await study.Grade();
            var frozen = Material(study).Read(study.Study, null, 0, () => { }, CancellationToken.None);

            // When it was made is what legitimately differs between two databases.
            var material = frozen.Material with { CutOff = "x", CutOffUtc = "x", Alerts = [.. frozen.Material.Alerts.Select(row => row with { RaisedAt = "x" })] };
            material = material with
            {
                Events = [.. material.Events.Select(row => row with { ChangedAt = "x" })],
                Laboratories = [.. material.Laboratories.Select(row => row with { LastReceived = "x" })],
            };
            var made = SafetyReportFiles.Render(material, frozen.Arms);
            hashes.Add((made[0].Sha256, made[1].Sha256));
        }

        Assert.Single(hashes.Select(hash => hash.Blinded).Distinct());
        Assert.Equal(3, hashes.Select(hash => hash.ByArm).Distinct().Count());
    }

    [Fact]
    public async Task Make_StoppedAtAnyStep_LeavesNothingAndTheNextIsWhole()
    {
        await using var study = await Graded();
        var (reports, run) = Reporting(study);
        for (var at = 1; at <= ReportMaterialStore.Steps; at++)
        {
            using var stop = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Make(study.Study, "r1", steps => StopAt(steps, at, stop), stop.Token));
        }

        Assert.Empty(reports.List(study.Study.StudyKey, long.MaxValue, 10));
        Assert.Equal(0, await study.Count("SELECT COUNT(*) FROM safety_report_file"));
        var seen = new List<int>();
        await run.Make(study.Study, "r1", seen.Add, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, SafetyReportRun.Steps + 1), seen);
        Assert.Single(reports.List(study.Study.StudyKey, long.MaxValue, 10));

        static void StopAt(int steps, int at, CancellationTokenSource stop)
        {
            if (steps == at)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public async Task Make_AgainForTheSameRun_GivesBackItsReport()
    {
        await using var study = await Graded();
        var (reports, run) = Reporting(study);

        var first = await run.Make(study.Study, "r1", _ => { }, CancellationToken.None);
        var again = await run.Make(study.Study, "r1", _ => { }, CancellationToken.None);

        Assert.Equal(first, again);
        Assert.Single(reports.List(study.Study.StudyKey, long.MaxValue, 10));
    }

    [Fact]
    public async Task Make_ClockThatStandsOrGoesBack_CutsOffLaterThanTheReportBefore()
    {
        await using var study = await Graded();
        var reports = new SafetyReportStore(study.Database);
        var run = Run(study, reports, new FixedTime("2026-03-02T05:00:00Z"));

        var first = await run.Make(study.Study, "r1", _ => { }, CancellationToken.None);
        var second = await run.Make(study.Study, "r2", _ => { }, CancellationToken.None);
        var back = await Run(study, reports, new FixedTime("2020-01-01T00:00:00Z")).Make(study.Study, "r3", _ => { }, CancellationToken.None);

        Assert.Equal("20260302T050000.000000Z", first.ReportId);
        Assert.Equal("20260302T050000.000001Z", second.ReportId);
        Assert.Equal("20260302T050000.000002Z", back.ReportId);
    }

    [Fact]
    public async Task Material_StoredBytesDamaged_IsAnErrorThatNamesTheReport()
    {
        await using var study = await Graded();
        var (_, run) = Reporting(study);
        var report = await run.Make(study.Study, "r1", _ => { }, CancellationToken.None);
        await study.Execute("UPDATE safety_report SET material_sha256 = 'other'");

        var fault = Assert.Throws<InvalidDataException>(() => run.Remake(report, ReportEdition.Blinded));

        Assert.Contains(report.ReportId, fault.Message, StringComparison.Ordinal);
        Assert.Null(run.Remake(report with { Format = 99 }, ReportEdition.Blinded));
    }

    [Fact]
    public async Task Make_HeldRejectedFlaggedAndUnits_AreCountedByReason()
    {
        await using var study = await Graded();
        await study.Push(
            Alt("h1", "40", "2021-03-04", "unknown"), Alt("h2", "40", "2021-03-04") with { ReportedUnit = "furlong" },
            Alt("x1", "1..2", "2021-03-04"), Alt("x2", "40", "2021-13-04") with { ReportedUnit = "" }, Alt("f1", "99999", "2021-03-20"));
        await study.Grade();
        var (reports, run) = Reporting(study);

        var (material, _) = reports.Material(await run.Make(study.Study, "r1", _ => { }, CancellationToken.None));

        Assert.Equal([("unknown subject", 1L), ("unknown unit", 1L)], material.Held.Select(row => (row.What, row.Results)));
        Assert.Equal([("DATE_MALFORMED", 1L), ("VALUE_MALFORMED", 1L)], material.Rejected.Select(row => (row.What, row.Results)));
        Assert.Contains(material.Flagged, row => row is { What: "IMPLAUSIBLE_VALUE", Results: 1 });
        Assert.Equal([(Laboratory, 8L)], material.Laboratories.Select(row => (row.Laboratory, row.Results)));
        Assert.Equal(0, material.Counts.Pending);
    }

    private static async Task<TestStudy> Graded()
    {
        var study = await TestStudy.Create("Asia/Shanghai");
        await study.Register("01");
        await study.Register("02", "B");
        await study.Push(
            Alt("base", "30", "2021-02-20"), Alt("a1", "50", "2021-03-02"), Alt("a2", "130", "2021-03-04"), Alt("a3", "60", "2021-03-06"), Alt("a4", "30", "2021-03-08"));
        await study.Grade();
        return study;
    }

    private static LabResult Bilirubin(string id, string value, string collectedAt, string subjectId) => Alt(id, value, collectedAt, subjectId) with
    {
        TestCode = "BILI",
        ReportedUnit = "umol/L",
        ReferenceLow = "3",
        ReferenceHigh = "20",
    };

    private static (SafetyReportStore Reports, SafetyReportRun Run) Reporting(TestStudy study)
    {
        var reports = new SafetyReportStore(study.Database);
        return (reports, Run(study, reports, TimeProvider.System));
    }

    private static SafetyReportRun Run(TestStudy study, SafetyReportStore reports, TimeProvider time) => new(
        study.Database, reports, study.RuleSets, study.Summaries, new LiverSafetyStore(study.Database, study.Catalogue), study.Outdated, study.Catalogue, time);

    private static ReportMaterialStore Material(TestStudy study) => new(
        study.Database, study.RuleSets, study.Summaries, new LiverSafetyStore(study.Database, study.Catalogue), study.Outdated, study.Catalogue, TimeProvider.System);
}

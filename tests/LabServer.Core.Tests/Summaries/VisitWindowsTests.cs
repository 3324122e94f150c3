using LabServer.Core.Access;
using LabServer.Core.Ingestion;
using LabServer.Core.Summaries;
using LabServer.Core.Tests.Support;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Summaries;

public sealed class VisitWindowsTests
{
    private static readonly VisitWindow[] Windows =
    [
        new("BASELINE", "0", -14, 1, 1), new("WEEK 1", "1", 2, 10, 8), new("WEEK 2", "2", 11, 18, 15), new("MONTH 3", "", 80, 100, null),
    ];

    [Theory]
    // Visit and number as sent, study days it can be of; the visit, its number and where it comes from.
    [InlineData("", "", 1, 1, "BASELINE", "0", VisitSource.Window)]
    [InlineData("", "", -14, -14, "BASELINE", "0", VisitSource.Window)]
    [InlineData("", "", -15, -15, "", "", VisitSource.None)]
    [InlineData("", "", 2, 2, "WEEK 1", "1", VisitSource.Window)]
    [InlineData("", "", 10, 10, "WEEK 1", "1", VisitSource.Window)]
    [InlineData("", "", 11, 11, "WEEK 2", "2", VisitSource.Window)]
    [InlineData("", "", 19, 19, "", "", VisitSource.None)]
    [InlineData("", "", 90, 90, "MONTH 3", "", VisitSource.Window)]
    [InlineData("", "", 3, 9, "WEEK 1", "1", VisitSource.Window)]
    [InlineData("", "", 9, 12, "", "", VisitSource.None)]
    [InlineData("", "", null, null, "", "", VisitSource.None)]
    [InlineData("UNSCHEDULED 3.1", "3.1", 8, 8, "UNSCHEDULED 3.1", "3.1", VisitSource.Sent)]
    [InlineData("WEEK 2", "", 8, 8, "WEEK 2", "2", VisitSource.Sent)]
    [InlineData("Week 2", "4", 8, 8, "Week 2", "4", VisitSource.Sent)]
    [InlineData("DAY 10", "", null, null, "DAY 10", "", VisitSource.Sent)]
    [InlineData("  ", "", 8, 8, "WEEK 1", "1", VisitSource.Window)]
    public void Assign_OfAResult_IsTheVisitSentElseTheWindow(
        string sent, string sentNumber, int? first, int? last, string visit, string number, VisitSource source) =>
        Assert.Equal(
            new AnalysisVisit(visit, number, source),
            VisitWindows.Assign(Windows, sent, sentNumber, first is { } day ? new StudyDays(day, last!.Value) : null));

    [Fact]
    public void Check_OfGoodWindows_FindsNothing() => Assert.Empty(VisitWindowChecks.Check(Windows));

    [Fact]
    public void Check_OfManyFaults_FindsThemAllAtOnce()
    {
        var faults = VisitWindowChecks.Check(
        [
            new("BASELINE", "0", -14, 0, null), new(" ", "one", 5, 3, null), new("baseline", "", -3, 2, 9), new("WEEK 1", "1", 2, 8, 0),
        ]);

        Assert.Equal(
            [
                "windows[0].last_day", "windows[1].visit", "windows[1].visit_number", "windows[1].last_day", "windows[2].target_day",
                "windows[2].visit", "windows[2].first_day", "windows[3].target_day", "windows[3].target_day", "windows[3].first_day", "windows[3].first_day",
            ],
            faults.Select(fault => fault.Field));
        Assert.All(faults, fault => Assert.Equal("VISIT_WINDOW_INVALID", fault.WireCode));
    }

    [Fact]
    public async Task Windows_SetAfterGrading_ShowInTheExportWithoutARegrade()
    {
        await using var study = await Create();
        await study.Register("01", firstDoseAt: "2021-03-01");
        await study.Push(
            Alt("a", "30", "2021-02-28"), Alt("b", "50", "2021-03-08"), Alt("c", "50", "2021-03-08T09:00") with { Visit = "UNSCHEDULED 3.1", VisitNumber = "3.1" },
            Alt("d", "50", "2021-04"));
        await study.Grade();
        Assert.Equal(["a  -1", "b  8", "c UNSCHEDULED 3.1 8", "d  "], Rows(study));

        await study.Visits.Set(study.Study.StudyKey, Windows, TestStudy.Tester, CancellationToken.None);

        Assert.Equal(["a BASELINE -1", "b WEEK 1 8", "c UNSCHEDULED 3.1 8", "d  "], Rows(study));
        Assert.Equal(0, (await study.Grade()).Series);
        Assert.Equal(Windows, study.Visits.Of(study.Study.StudyKey));
        await study.Visits.Set(study.Study.StudyKey, [], TestStudy.Tester, CancellationToken.None);
        Assert.Equal(["a  -1", "b  8", "c UNSCHEDULED 3.1 8", "d  "], Rows(study));
    }

    private static List<string> Rows(TestStudy study) =>
        [.. study.Adlb.Rows(study.Study, ArmSight.Unblinded, Study.DefaultRuleSet).Select(row => $"{row.SourceResultId} {row.Visit} {row.StudyDay}")];
}

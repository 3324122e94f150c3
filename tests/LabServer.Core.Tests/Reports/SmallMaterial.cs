using LabServer.Core.Reports;
using LabServer.Core.Summaries;

namespace LabServer.Core.Tests.Reports;

/// <summary>Material of a report with a little of everything, and whatever texts a test wants in it.</summary>
internal static class SmallMaterial
{
    public static ReportMaterial Of(string text = "01", int events = 2) => new()
    {
        StudyId = "S1",
        Title = text,
        TimeZone = "Asia/Shanghai",
        CutOff = "2026-03-02T05:00:00+08:00",
        CutOffUtc = "2026-03-01T21:00:00Z",
        Previous = "2026-03-01T05:00:00+08:00",
        RuleSets = [new("ctcae-5.0", 2, text, "ab12")],
        Counts = new ReportCounts { Subjects = 12, SafetySubjects = 10, Results = 1_234, Held = 1, OpenAlerts = 1, ChangedEvents = events, NewSevereEvents = 1, Events = 40 },
        PreviousCounts = new ReportCounts { Subjects = 12, SafetySubjects = 9, Results = 1_000, OpenAlerts = 3, Events = 30 },
        Events =
        [
            .. Enumerable.Range(1, events).Select(i => new ReportEvent
            {
                EventId = $"AE-{i}", RuleSet = "ctcae-5.0@2", SubjectId = text, Term = text, SystemOrganClass = text, News = i == 1 ? EventNews.New : EventNews.Changed,
                GradeBefore = i == 1 ? null : 1, Grade = i == 1 ? 3 : 2, Onset = "2026-02", EndedAt = i == 1 ? null : text, What = text, Serious = "Y", ChangedAt = "2026-03-01T12:00:00+08:00",
            }),
        ],
        Alerts = [new("AL-1", "event", text, text, "ctcae-5.0@2", 3, "", "2026-02", "2026-03-01T12:00:00+08:00", text, text)],
        Courses =
        [
            new ReportCourse
            {
                SubjectId = text, Test = "ALT", TestName = text, RuleSet = "ctcae-5.0@2", Term = text, Grade = 3, Unit = text, FromFirstDose = true, LeftOut = 1,
                Points = [new(-1, "2026-02-01", 30, "", 5, 40, 0), new(3.25, text, 210.5, "", 5, 40, 3)],
                Thresholds = [new(1, 40), new(3, 200)],
            },
        ],
        Incidence = [new("ctcae-5.0@2", 10, [1, 2, 1, 0, 0], [new(text, text, "high", [1, 1, 1, 0, 0]), new("Anemia", "", "low", [0, 1, 0, 0, 0])])],
        Liver = [new(text, LiverQuadrant.HysLaw, 4.5, "ALT", 2.5, 1.1, HysLaw: true, YesNo.Yes), new("02", null, 3.5, "AST", null, null, false, YesNo.Unspecified)],
        Held = [new("unknown subject", 1, 1)],
        Rejected = [new("VALUE_MALFORMED", 2, 0)],
        Flagged = [new("DELTA_CHECK", 3, 1)],
        NotGradable = [new("ctcae-5.0@2", "UPPER_LIMIT_MISSING", 7)],
        OutdatedRanges = [new(text, "ALT", "no range", "", 0, 5, "2026-02-01")],
        Laboratories = [new(text, 1_234, 234, "2026-03-01T12:00:00+08:00", "2026-02-28")],
    };

    public static ReportArms Arms(string arm = "MSC", string subject = "01") => new(
        [new(arm, 6), new("Placebo", 4)],
        new Dictionary<string, string> { [subject] = arm },
        [new([[1, 1, 1, 0, 0], [0, 1, 0, 0, 0]], [[[1, 0, 1, 0, 0], [0, 1, 0, 0, 0]], [[0, 1, 0, 0, 0], [0, 0, 0, 0, 0]]])]);

    /// <summary>Material of a study in which nothing has happened.</summary>
    public static ReportMaterial Empty(string? previous = "2026-03-01T05:00:00+08:00") => new()
    {
        StudyId = "S1",
        TimeZone = "UTC",
        CutOff = "2026-03-02T05:00:00+00:00",
        CutOffUtc = "2026-03-02T05:00:00Z",
        Previous = previous,
        Counts = new ReportCounts(),
        RuleSets = [new("ctcae-5.0", 2, "CTCAE", "ab12")],
        Incidence = [new("ctcae-5.0@2", 0, [0, 0, 0, 0, 0], [])],
    };
}

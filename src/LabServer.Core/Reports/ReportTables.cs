using System.Globalization;
using LabServer.Core.Summaries;

namespace LabServer.Core.Reports;

/// <summary>The tables of an edition, in the order of the page.</summary>
internal static class ReportTables
{
    public const string Events = "events.csv";
    public const string Alerts = "open-alerts.csv";
    public const string Courses = "severe-events-values.csv";
    public const string Incidence = "incidence.csv";
    public const string Liver = "liver.csv";
    public const string Held = "held.csv";
    public const string Rejected = "rejected.csv";
    public const string Flagged = "flagged.csv";
    public const string NotGradable = "not-gradable.csv";
    public const string OutdatedRanges = "outdated-ranges.csv";
    public const string Laboratories = "laboratories.csv";
    public const string Counts = "counts.csv";

    /// <summary>Every table.</summary>
    /// <param name="material">The figures.</param>
    /// <param name="arms">Arms; null: the blinded edition.</param>
    public static IReadOnlyList<ReportTable> Of(ReportMaterial material, ReportArms? arms) =>
    [
        AlertTable(material, arms),
        EventTable(material, arms),
        CourseTable(material, arms),
        IncidenceTables.Of(material, arms),
        LiverTable(material, arms),
        CountTable(Held, "Held results by reason", "No result is held.", "reason", "Reason", material.Held),
        CountTable(Rejected, "Reject log by fault", "No result was rejected.", "fault", "Fault", material.Rejected),
        CountTable(Flagged, "Flagged results by flag", "No result is flagged.", "flag", "Flag", material.Flagged),
        NotGradableTable(material),
        OutdatedTable(material),
        LaboratoryTable(material),
        CountsTable(material),
    ];

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double? number) => number is { } value ? Math.Round(value, 10).ToString("0.##########", CultureInfo.InvariantCulture) : "";

    private static ReportTable AlertTable(ReportMaterial material, ReportArms? arms) => Table(
        Alerts, "Open alerts", "No alert is open.", arms,
        [
            new("alert_id", null), new("level", "Grade", CellKind.Grade), new("kind", "Alert"), new("subject_id", "Subject", CellKind.Name), new("what", "Term or test"),
            new("value", "Value"), new("happened_at", "Onset or collected", CellKind.Time), new("raised_at", "Raised", CellKind.Time), new("rule_set", "Rule set", CellKind.Name),
            new("laboratory", null), new("source_result_id", null),
        ],
        material.Alerts.Select(row => (row.SubjectId, (string[])
            [row.AlertId, row.Level > 0 ? Text(row.Level) : "", row.Kind, row.SubjectId, row.What, row.Value, row.HappenedAt, row.RaisedAt, row.RuleSet, row.Laboratory, row.SourceResultId])),
        after: "subject_id");

    private static ReportTable EventTable(ReportMaterial material, ReportArms? arms) => Table(
        Events,
        "New and changed events",
        material.Previous is null ? "No event is on file." : $"No new or changed events since {Short(material.Previous)}.",
        arms,
        [
            new("event_id", null), new("news", "News", CellKind.Name), new("grade", "Grade", CellKind.Grade), new("grade_before", "Before", CellKind.Grade),
            new("subject_id", "Subject", CellKind.Name), new("term", "Term"), new("system_organ_class", null), new("onset", "Onset", CellKind.Time),
            new("ended_at", "End", CellKind.Time), new("what", "What changed"), new("serious", "Serious"), new("rule_set", "Rule set", CellKind.Name),
            new("changed_at", null),
        ],
        material.Events.Select(row => (row.SubjectId, (string[])
            [
                row.EventId, Word(row.News), Text(row.Grade), row.GradeBefore is { } before ? Text(before) : "", row.SubjectId, row.Term, row.SystemOrganClass, row.Onset,
                row.EndedAt ?? (row.News == EventNews.Removed ? "" : "ongoing"), row.What, row.Serious, row.RuleSet.Length > 0 ? row.RuleSet : "reported", row.ChangedAt,
            ])),
        after: "subject_id");

    private static ReportTable CourseTable(ReportMaterial material, ReportArms? arms) => Table(
        Courses, "Values behind new events of grade 3 or more", "", arms,
        [
            new("subject_id", "Subject", CellKind.Name), new("test", "Test"), new("term", "Term"), new("rule_set", "Rule set", CellKind.Name), new("collected_at", "Collected", CellKind.Time),
            new("value", "Value", CellKind.Number), new("unit", "Unit"), new("low", "LLN", CellKind.Number), new("high", "ULN", CellKind.Number), new("grade", "Grade", CellKind.Grade),
        ],
        material.Courses.SelectMany(course => course.Points, (course, point) => (course.SubjectId, (string[])
            [
                course.SubjectId, course.Test, course.Term, course.RuleSet, point.CollectedAt, point.Qualifier + Text(point.Value), course.Unit,
                Text(point.Low), Text(point.High), point.Grade is { } grade ? Text(grade) : "",
            ])),
        after: "subject_id");

    private static ReportTable LiverTable(ReportMaterial material, ReportArms? arms) => Table(
        Liver, "Subjects to look at", "No subject has reached 3 × ULN of ALT or AST, or 2 × ULN of bilirubin, after first dose.", arms,
        [
            new("subject_id", "Subject", CellKind.Name), new("transaminase_test", "Highest"), new("transaminase_x_uln", "ALT or AST, × ULN", CellKind.Number),
            new("bilirubin_x_uln", "Bilirubin, × ULN", CellKind.Number), new("alp_x_uln", "ALP, × ULN", CellKind.Number), new("quadrant", "Range", CellKind.Name), new("hys_law_candidate", "Hy's law candidate"),
            new("alp_under_2_x_uln", null),
        ],
        material.Liver
            .OrderByDescending(row => row.HysLaw)
            .ThenByDescending(row => row.Quadrant ?? 0)
            .ThenByDescending(row => row.Transaminase)
            .ThenBy(row => row.SubjectId, StringComparer.Ordinal)
            .Select(row => (row.SubjectId, (string[])
                [row.SubjectId, row.TransaminaseTest, Text(Rounded(row.Transaminase)), Text(Rounded(row.Bilirubin)), Text(Rounded(row.Alp)), Word(row.Quadrant), row.HysLaw ? "yes" : "no",
                    row.HysLaw ? Word(row.AlpUnderTwice) : ""])),
        after: "subject_id");

    private static ReportTable CountTable(string file, string caption, string empty, string name, string heading, IReadOnlyList<ReportCount> counts) => new(
        file, caption, empty,
        [new(name, heading), new("results", "Results", CellKind.Number), new("since_last_report", "Since last report", CellKind.Number)],
        [.. counts.Select(row => (string[])[row.What, Text(row.Results), Text(row.Since)])]);

    private static ReportTable NotGradableTable(ReportMaterial material) => new(
        NotGradable, "Results that could not be graded, times terms", "Every result was gradable.",
        [new("rule_set", "Rule set", CellKind.Name), new("reason", "Reason"), new("results", "Results × terms", CellKind.Number)],
        [.. material.NotGradable.Select(row => (string[])[row.RuleSet, row.Reason, Text(row.Results)])]);

    private static ReportTable OutdatedTable(ReportMaterial material) => new(
        OutdatedRanges, "Laboratories' ranges to look after", "No range needs looking after.",
        [
            new("laboratory", "Laboratory"), new("test", "Test"), new("reason", "Why"), new("range", "Range"), new("version", "Version", CellKind.Number),
            new("results", "Results", CellKind.Number), new("last_collected_at", "Last collected", CellKind.Time),
        ],
        [.. material.OutdatedRanges.Select(row => (string[])
            [row.Laboratory, row.Test, row.Reason, row.Range, row.Version > 0 ? Text(row.Version) : "", Text(row.Results), row.LastCollectedAt])]);

    private static ReportTable LaboratoryTable(ReportMaterial material) => new(
        Laboratories, "Last result by laboratory", "No laboratory has sent a result.",
        [
            new("laboratory", "Laboratory"), new("results", "Results", CellKind.Number), new("since_last_report", "Since last report", CellKind.Number),
            new("last_received", "Last received", CellKind.Time), new("last_collected", "Last collected", CellKind.Time),
        ],
        [.. material.Laboratories.Select(row => (string[])[row.Laboratory, Text(row.Results), Text(row.Since), row.LastReceived, row.LastCollected])]);

    private static ReportTable CountsTable(ReportMaterial material)
    {
        return new(
            Counts, "What the study holds", "",
            [new("what", ""), new("at_cut_off", "At cut-off", CellKind.Number), new("before", "Last report", CellKind.Number), new("difference", "Difference", CellKind.Number)],
            [
                Row("subjects", counts => counts.Subjects), Row("subjects with a first dose", counts => counts.SafetySubjects),
                Row("results", counts => counts.Results), Row("derived results", counts => counts.Derived), Row("held results", counts => counts.Held),
                Row("rejected results", counts => counts.Rejected), Row("results and series waiting for grading", counts => counts.Pending),
                Row("events", counts => counts.Events), Row("open alerts", counts => counts.OpenAlerts),
            ]);

        string[] Row(string what, Func<ReportCounts, long> of)
        {
            var now = of(material.Counts);
            return material.PreviousCounts is not { } before
                ? [what, Text(now), "", ""]
                : [what, Text(now), Text(of(before)), (now - of(before)).ToString("+0;-0;0", CultureInfo.InvariantCulture)];
        }
    }

    /// <summary>The first sixteen characters of a time: to the minute.</summary>
    public static string Short(string time) => (time.Length > 16 ? time[..16] : time).Replace('T', ' ');

    /// <summary>A kind of news as the table shows it.</summary>
    public static string Word(EventNews news) => news switch
    {
        EventNews.New => "new",
        EventNews.Worse => "worse",
        EventNews.Changed => "changed",
        EventNews.Removed => "gone",
        _ => "review",
    };

    private static string Word(LiverQuadrant? quadrant) => quadrant switch
    {
        LiverQuadrant.HysLaw => "Hy's law",
        LiverQuadrant.Cholestasis => "cholestasis",
        LiverQuadrant.Temple => "Temple's corollary",
        LiverQuadrant.Normal => "neither",
        _ => "",
    };

    private static string Word(YesNo answer) => answer switch { YesNo.Yes => "yes", YesNo.No => "no", _ => "not known" };

    private static double? Rounded(double? number) => number is { } value ? Math.Round(value, 3) : null;

    // With arms each row that is of a subject says of which one it is.
    private static ReportTable Table(
        string file, string caption, string empty, ReportArms? arms, IReadOnlyList<ReportColumn> columns, IEnumerable<(string SubjectId, string[] Cells)> rows, string after)
    {
        if (arms is null)
        {
            return new ReportTable(file, caption, empty, columns, [.. rows.Select(row => row.Cells)]);
        }

        var at = columns.ToList().FindIndex(column => column.Name == after) + 1;
        return new ReportTable(
            file, caption, empty,
            [.. columns.Take(at), new ReportColumn("arm", "Arm", CellKind.Name), .. columns.Skip(at)],
            [.. rows.Select(row => (string[])[.. row.Cells.Take(at), arms.Of(row.SubjectId), .. row.Cells.Skip(at)])]);
    }
}

using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Studies;

/// <summary>How a study is written.</summary>
internal static class StudyColumns
{
    // Behind all others, wherever it is written: columns are only ever added at the end.
    private static readonly Column<Study> ReportCron = new("report_cron", study => study.ReportCron, InTable: false);

    private static readonly IReadOnlyList<Column<Study>> Named =
    [
        new("study", study => study.StudyId),
        new("title", study => study.Title),
        new("time_zone", study => study.TimeZone),
        new("rule_sets", study => study.RuleSets),
        new("arms", study => study.Arms),
        new("full_grading_cron", study => study.FullGradingCron),
    ];

    /// <summary>A study in a listing.</summary>
    public static readonly IReadOnlyList<Column<Study>> Listed = [.. Named, ReportCron];

    /// <summary>What a study says about its results as a whole; nothing where the server is older than settings.</summary>
    private static readonly IReadOnlyList<Column<Study>> Settings =
    [
        Setting("spoiled_specimens", settings => Enums.Lower(settings.SpoiledSpecimens).Replace('_', '-')),
        Setting("fasting", settings => YesNoText.Word(settings.Fasting)),
        Setting("anticoagulation", settings => YesNoText.Word(settings.OnAnticoagulation)),
        Setting("hiv", settings => YesNoText.Word(settings.HivInfected)),
        Setting("neutralisation_cutoff", settings => settings.NeutralisationCutoff),
        Setting("panel_tolerance", settings => settings.PanelTolerance),
    ];

    /// <summary>A study with its settings.</summary>
    public static readonly IReadOnlyList<Column<Study>> WithSettings = [.. Named, .. Settings, ReportCron];

    /// <summary>A study with its counts.</summary>
    public static readonly IReadOnlyList<Column<GetStudyResponse>> Shown =
    [
        .. Named.Select(column => new Column<GetStudyResponse>(column.Name, shown => column.Value(shown.Study))),
        new("subjects", shown => shown.Subjects),
        new("safety_subjects", shown => shown.SafetySubjects),
        new("results", shown => shown.Results),
        new("held", shown => shown.Held),
        new("rejected", shown => shown.Rejected),
        new("pending", shown => shown.Pending),
        new("derived_results", shown => shown.DerivedResults),
        .. Settings.Select(column => new Column<GetStudyResponse>(column.Name, shown => column.Value(shown.Study))),
        new("visits", shown => shown.VisitWindows.Select(window => $"{window.Visit} ({window.FirstDay} to {window.LastDay})").ToList()),
        new(ReportCron.Name, shown => shown.Study.ReportCron),
    ];

    private static Column<Study> Setting(string name, Func<StudySettings, object?> value) =>
        new(name, study => study.Settings is { } settings ? value(settings) : null);
}

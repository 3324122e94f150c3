using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Studies;

/// <summary>How a study is written.</summary>
internal static class StudyColumns
{
    /// <summary>A study in a listing.</summary>
    public static readonly IReadOnlyList<Column<Study>> Listed =
    [
        new("study", study => study.StudyId),
        new("title", study => study.Title),
        new("time_zone", study => study.TimeZone),
        new("rule_sets", study => study.RuleSets),
        new("arms", study => study.Arms),
        new("full_grading_cron", study => study.FullGradingCron),
    ];

    /// <summary>What a study says about its results as a whole.</summary>
    private static readonly IReadOnlyList<Column<Study>> Settings =
    [
        new("spoiled_specimens", study => Enums.Lower(study.Settings.SpoiledSpecimens).Replace('_', '-')),
        new("fasting", study => YesNoText.Word(study.Settings.Fasting)),
        new("anticoagulation", study => YesNoText.Word(study.Settings.OnAnticoagulation)),
        new("hiv", study => YesNoText.Word(study.Settings.HivInfected)),
        new("neutralisation_cutoff", study => study.Settings.NeutralisationCutoff),
        new("panel_tolerance", study => study.Settings.PanelTolerance),
    ];

    /// <summary>A study with its settings.</summary>
    public static readonly IReadOnlyList<Column<Study>> WithSettings = [.. Listed, .. Settings];

    /// <summary>A study with its counts.</summary>
    public static readonly IReadOnlyList<Column<GetStudyResponse>> Shown =
    [
        .. Listed.Select(column => new Column<GetStudyResponse>(column.Name, shown => column.Value(shown.Study))),
        new("subjects", shown => shown.Subjects),
        new("safety_subjects", shown => shown.SafetySubjects),
        new("results", shown => shown.Results),
        new("held", shown => shown.Held),
        new("rejected", shown => shown.Rejected),
        new("pending", shown => shown.Pending),
        new("derived_results", shown => shown.DerivedResults),
        .. Settings.Select(column => new Column<GetStudyResponse>(column.Name, shown => column.Value(shown.Study))),
        new("visits", shown => shown.VisitWindows.Select(window => $"{window.Visit} ({window.FirstDay} to {window.LastDay})").ToList()),
    ];
}

using LabServer.Api.V1;
using LabServer.Cli.Jobs;
using LabServer.Cli.Output;

namespace LabServer.Cli.Reports;

/// <summary>How reports and their files are written.</summary>
internal static class ReportColumns
{
    /// <summary>A report in a listing.</summary>
    public static readonly IReadOnlyList<Column<Report>> Listed =
    [
        new("report_id", report => report.ReportId),
        new("cut_off", report => JobColumns.Time(report.CutOff)),
        new("previous_cut_off", report => JobColumns.Time(report.PreviousCutOff)),
        new("changed_events", report => report.ChangedEvents),
        new("new_severe_events", report => report.NewSevereEvents),
        new("open_alerts", report => report.OpenAlerts),
        new("results", report => report.Results),
        new("safety_subjects", report => report.SafetySubjects),
        new("study", report => report.StudyId, InTable: false),
        new("format", report => report.Format, InTable: false),
        new("run_id", report => report.RunId, InTable: false),
    ];

    /// <summary>A file.</summary>
    public static readonly IReadOnlyList<Column<ReportFile>> Files =
    [
        new("file", file => file.Name),
        new("bytes", file => file.Bytes),
        new("sha256", file => file.Sha256),
    ];

    /// <summary>A comparison.</summary>
    public static readonly IReadOnlyList<Column<RemakeReportResponse>> Verified =
    [
        new("report_id", answer => answer.Report.ReportId),
        new("edition", answer => Enums.Lower(answer.Edition).Replace('_', '-')),
        new("same", answer => answer.Same),
        new("sha256", answer => answer.Sha256),
        new("different_files", answer => answer.DifferentFiles),
    ];
}

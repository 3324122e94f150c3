using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.AdverseEvents;

/// <summary>How what happened to an event is written.</summary>
internal static class EventHistoryColumns
{
    /// <summary>A review.</summary>
    public static readonly IReadOnlyList<Column<EventReview>> Reviews =
    [
        new("revision", review => review.Revision),
        new("reviewed_at", review => review.ReviewedAt?.ToDateTimeOffset()),
        new("reviewer", review => review.Reviewer),
        new("relatedness", review => Enums.Lower(review.Relatedness)),
        new("serious", review => Enums.Lower(review.Serious)),
        new("outcome", review => EventWords.Outcome(review.Outcome)),
        new("comment", review => review.Comment),
    ];

    /// <summary>A version of a report.</summary>
    public static readonly IReadOnlyList<Column<EventReport>> Reports =
    [
        new("version", report => report.Version),
        new("reported_at", report => report.ReportedAt?.ToDateTimeOffset()),
        new("reported_by", report => report.ReportedBy),
        new("reported_term", report => report.ReportedTerm),
        new("coded_term", report => report.CodedTerm),
        new("system_organ_class", report => report.SystemOrganClass),
        new("onset", report => report.Onset),
        new("end", report => report.End),
        new("grade", report => report.Grade),
        new("serious", report => Enums.Lower(report.Serious)),
        new("relatedness", report => Enums.Lower(report.Relatedness)),
        new("outcome", report => EventWords.Outcome(report.Outcome)),
        new("withdrawn", report => report.Withdrawn),
        new("comment", report => report.Comment),
        new("report_id", report => report.ReportId),
    ];

    /// <summary>A change.</summary>
    public static readonly IReadOnlyList<Column<AdverseEventChange>> Changes =
    [
        new("at", change => change.At?.ToDateTimeOffset()),
        new("kind", change => Enums.Text(change.Kind)),
        new("cause", change => change.Cause),
        new("made_by", change => change.MadeBy),
        new("onset", change => change.Event.Onset),
        new("end", change => change.Event.End),
        new("worst_grade", change => change.Event.WorstGrade),
        new("history", change => string.Join(", ", change.Event.History.Select(point => $"{point.CollectedAt}: {Cell.Text(point.Grade)}"))),
    ];
}

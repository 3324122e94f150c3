using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Alerts;

/// <summary>How an alert is written.</summary>
internal static class AlertColumns
{
    /// <summary>An alert.</summary>
    public static readonly IReadOnlyList<Column<Alert>> All =
    [
        new("alert_id", alert => alert.AlertId),
        new("kind", alert => Enums.Lower(alert.Kind)),
        new("state", alert => Enums.Lower(alert.State)),
        new("subject_id", alert => alert.SubjectId),
        new("what", alert => alert.What),
        new("rule_set", alert => alert.RuleSetId),
        new("grade", alert => alert.Kind == AlertKind.EventGrade ? alert.Grade : null),
        new("critical_side", alert => Enums.Lower(alert.CriticalSide)),
        new("value", alert => alert.Value),
        new("happened_at", alert => alert.HappenedAt),
        new("raised_at", alert => alert.RaisedAt?.ToDateTimeOffset()),
        new("changed_at", alert => ChangeTimes.Text(alert.ChangedAt), InTable: false),
        new("acknowledged_by", alert => alert.AcknowledgedBy),
        new("acknowledged_at", alert => alert.AcknowledgedAt?.ToDateTimeOffset(), InTable: false),
        new("comment", alert => alert.Comment),
        new("event_id", alert => alert.EventId, InTable: false),
        new("laboratory", alert => alert.Laboratory, InTable: false),
        new("source_result_id", alert => alert.SourceResultId, InTable: false),
        new("rule_set_version", alert => alert.RuleSetVersion, InTable: false),
    ];
}

using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Studies;
using Alert = LabServer.Core.Storage.Alert;
using AlertKind = LabServer.Core.Storage.AlertKind;
using AlertState = LabServer.Core.Storage.AlertState;

namespace LabServer.Grading;

internal sealed class AlertsService(StudyLookup lookup, AlertStore alerts) : Api.V1.AlertsService.AlertsServiceBase
{
    [Needs(Permission.ReadAlerts)]
    public override Task<ListAlertsResponse> ListAlerts(ListAlertsRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var take = PageTokens.Size(request.PageSize);
        var page = alerts.List(study.StudyKey, State(request.State), PageTokens.ReadNumber(request.PageToken), take);
        var rows = PageBytes.Fitting(page.Select(ToMessage));
        return Task.FromResult(new ListAlertsResponse
        {
            Alerts = { rows },
            NextPageToken = rows.Count == take || rows.Count < page.Count ? PageTokens.Write(page[rows.Count - 1].AlertKey) : "",
        });
    }

    [Needs(Permission.AcknowledgeAlerts)]
    public override async Task<AcknowledgeAlertResponse> AcknowledgeAlert(AcknowledgeAlertRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var faults = EventChecks.CheckComment(request.Comment).Select(fault => (fault.Field, fault.Message)).ToList();
        if (request.AlertId.Length == 0)
        {
            faults.Insert(0, ("alert_id", "is required"));
        }

        if (request.ExpectedChangedAt is { } at && !EventMapping.IsTimestamp(at))
        {
            faults.Add(("expected_changed_at", "is not a time"));
        }

        if (faults.Count > 0)
        {
            throw RpcErrors.InvalidArgument("ACKNOWLEDGEMENT_INVALID", faults);
        }

        var expected = request.ExpectedChangedAt is { } expectedAt ? Clock.ToUs(expectedAt.ToDateTimeOffset()) : (long?)null;
        var (alert, changed) = await alerts.Acknowledge(
            study.StudyKey, request.AlertId, expected, context.CallerName(), request.Comment, context.CancellationToken);
        return alert switch
        {
            null => throw RpcErrors.NotFound("alert", request.AlertId),
            { State: AlertState.Withdrawn } =>
                throw RpcErrors.FailedPrecondition("ALERT_WITHDRAWN", $"Alert '{request.AlertId}' is withdrawn: its cause is gone."),
            _ when changed => throw RpcErrors.FailedPrecondition(
                "ALERT_CHANGED", $"Alert '{request.AlertId}' is not as it was looked at; look at it again."),
            _ => new AcknowledgeAlertResponse { Alert = ToMessage(alert) },
        };
    }

    private static AlertState? State(Api.V1.AlertState state) => state == Api.V1.AlertState.Unspecified ? null
        : Enum.IsDefined((AlertState)state) ? (AlertState)state
        : throw RpcErrors.InvalidArgument("FILTER_UNKNOWN", "state", "is none of the known ones");

    private static Api.V1.Alert ToMessage(Alert alert) => new()
    {
        AlertId = alert.AlertId,
        RuleSetId = EventMapping.RuleSetOf(alert.RuleSetId).Name,
        RuleSetVersion = EventMapping.RuleSetOf(alert.RuleSetId).Version,
        Kind = (Api.V1.AlertKind)alert.Kind,
        State = (Api.V1.AlertState)alert.State,
        SubjectId = alert.SubjectId,
        EventId = alert.EventId,
        Grade = alert.Kind == AlertKind.EventGrade ? alert.Level : 0,
        CriticalSide = alert.Kind == AlertKind.CriticalValue ? (CriticalSide)alert.Level : CriticalSide.Unspecified,
        What = alert.What,
        Laboratory = alert.Laboratory,
        SourceResultId = alert.SourceResultId,
        Value = alert.Value,
        HappenedAt = alert.HappenedAt,
        RaisedAt = EventMapping.ToTimestamp(alert.RaisedUs),
        ChangedAt = EventMapping.ToTimestamp(alert.ChangedUs),
        AcknowledgedBy = alert.AcknowledgedBy,
        AcknowledgedAt = alert.AcknowledgedUs is { } us ? EventMapping.ToTimestamp(us) : null,
        Comment = alert.Comment,
    };
}

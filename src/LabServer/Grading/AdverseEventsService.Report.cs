using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using Report = LabServer.Core.Grading.EventReport;
using Study = LabServer.Core.Study;

namespace LabServer.Grading;

internal sealed partial class AdverseEventsService
{
    private const int MaximumReports = 1_000;

    [Needs(Permission.ReportEvents)]
    public override async Task<ReportAdverseEventResponse> ReportAdverseEvent(ReportAdverseEventRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        if (request.Reports.Count is 0 or > MaximumReports)
        {
            throw RpcErrors.InvalidArgument("REPORTS_INVALID", "reports", $"holds {request.Reports.Count}; 1 to {MaximumReports} are taken at once");
        }

        var outcomes = new ReportOutcome[request.Reports.Count];
        var good = new List<(int Position, Report Report)>();
        for (var position = 0; position < outcomes.Length; position++)
        {
            var report = EventMapping.ToReport(request.Reports[position], context.CallerName());
            var faults = Check(study, report);
            outcomes[position] = new ReportOutcome(Core.Storage.ReportDisposition.Rejected, "", faults);
            if (faults.Count == 0)
            {
                good.Add((position, report));
            }
        }

        var taken = await reported.Report(study, [.. good.Select(entry => entry.Report)], request.Amend, context.CancellationToken);
        for (var i = 0; i < taken.Length; i++)
        {
            outcomes[good[i].Position] = taken[i];
        }

        return ToMessage(outcomes);
    }

    [Needs(Permission.ReportEvents)]
    public override async Task<AmendReportedEventResponse> AmendReportedEvent(AmendReportedEventRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var eventId = Required(request.EventId);
        var report = EventMapping.ToReport(request.Report ?? new Api.V1.EventReport(), context.CallerName()) with { ReportId = "", ExportedEventId = "" };
        Refuse("REPORT_INVALID", Check(study, report), "report.");
        var outcome = Unchanged(eventId, await reported.Amend(study, eventId, request.ExpectedFingerprint, report, context.CancellationToken));
        Refuse("REPORT_INVALID", outcome.Faults, "report.");
        return new AmendReportedEventResponse { Event = EventMapping.ToMessage(Find(study, outcome.EventId)) };
    }

    [Needs(Permission.ReportEvents)]
    public override async Task<WithdrawReportedEventResponse> WithdrawReportedEvent(WithdrawReportedEventRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var eventId = Required(request.EventId);
        Refuse("WITHDRAWAL_INVALID", EventChecks.CheckComment(request.Comment));
        var outcome = Unchanged(
            eventId,
            await reported.Withdraw(
                study, eventId, request.ExpectedFingerprint, request.Comment, context.CallerName(), context.CancellationToken));
        return new WithdrawReportedEventResponse { Event = EventMapping.ToMessage(Find(study, outcome.EventId)) };
    }

    private static ReportOutcome Unchanged(string eventId, ReportOutcome? outcome) => outcome switch
    {
        null => throw RpcErrors.NotFound("reported event", eventId),
        { ChangedTo.Length: > 0 } => throw EventChanged(eventId, outcome.ChangedTo),
        _ => outcome,
    };

    private IReadOnlyList<Core.Fault> Check(Study study, Report report) => EventChecks.Check(report, study.Zone(), Clock.NowUs(time));

    private static ReportAdverseEventResponse ToMessage(ReportOutcome[] outcomes)
    {
        var response = new ReportAdverseEventResponse
        {
            Dispositions = { outcomes.Select(outcome => (Api.V1.ReportDisposition)outcome.Disposition) },
            EventIds = { outcomes.Select(outcome => outcome.EventId) },
        };
        for (var position = 0; position < outcomes.Length; position++)
        {
            if (outcomes[position].Faults.Count > 0)
            {
                response.Faults.Add(new ReportFaults { Position = position, Faults = { outcomes[position].Faults.Select(Faults.ToMessage) } });
            }
        }

        return response;
    }
}

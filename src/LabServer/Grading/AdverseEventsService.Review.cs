using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using EventReview = LabServer.Core.Grading.EventReview;

namespace LabServer.Grading;

internal sealed partial class AdverseEventsService
{
    [Needs(Permission.ReviewEvents)]
    public override async Task<ReviewAdverseEventResponse> ReviewAdverseEvent(ReviewAdverseEventRequest request, ServerCallContext context)
    {
        var study = lookup.Find(context, request.StudyId);
        var review = new EventReview
        {
            Relatedness = (Core.Grading.Relatedness)request.Relatedness,
            Serious = (Core.YesNo)request.Serious,
            Outcome = (Core.Grading.EventOutcome)request.Outcome,
            Comment = request.Comment,
            Reviewer = context.CallerName(),
        };
        var faults = EventChecks.Check(review).ToList();
        if (request.EventId.Length == 0)
        {
            faults.Insert(0, new Core.Fault(FaultCode.FieldMissing, "event_id", "event_id is required."));
        }

        Refuse("REVIEW_INVALID", faults);
        var outcome = await reviews.Review(study, request.EventId, request.ExpectedFingerprint, review, context.CancellationToken);
        return outcome.Refusal switch
        {
            ReviewRefusal.None => new ReviewAdverseEventResponse { Event = EventMapping.ToMessage(outcome.Event!) },
            ReviewRefusal.NotFound => throw RpcErrors.NotFound("event", request.EventId),
            ReviewRefusal.Removed => throw RpcErrors.FailedPrecondition("EVENT_REMOVED", $"Event '{request.EventId}' is gone."),
            _ => throw EventChanged(request.EventId, outcome.Event!.Fingerprint),
        };
    }

    private static RpcException EventChanged(string eventId, string fingerprint) => RpcErrors.FailedPrecondition(
        "EVENT_CHANGED",
        $"Event '{eventId}' is not as it was looked at; look at it again.",
        new Dictionary<string, string> { ["fingerprint"] = fingerprint });

    private static void Refuse(string reason, IReadOnlyCollection<Core.Fault> faults, string prefix = "")
    {
        if (faults.Count > 0)
        {
            throw RpcErrors.InvalidArgument(reason, faults.Select(fault => (prefix + fault.Field, fault.Message)));
        }
    }
}

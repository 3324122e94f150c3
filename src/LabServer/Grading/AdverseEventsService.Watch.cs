using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using RuleSet = LabServer.Core.Grading.RuleSet;
using Study = LabServer.Core.Study;

namespace LabServer.Grading;

internal sealed partial class AdverseEventsService
{
    // Changes read at once: what a watcher that is far behind holds in memory.
    private const int ChangesAtOnce = 500;

    [Needs(Permission.ReadEvents)]
    public override async Task WatchAdverseEvents(
        WatchAdverseEventsRequest request, IServerStreamWriter<WatchAdverseEventsResponse> responseStream, ServerCallContext context)
    {
        var (study, ruleSet) = FindStudy(context, request.StudyId, request.RuleSetId);
        CheckMinimumGrade(request.MinimumGrade);
        var start = Start(request, study, ruleSet);
        var after = start.After;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);

        // A client that waits for the first change knows that it is being listened to.
        await context.WriteResponseHeadersAsync([]);
        if (request.FromNow)
        {
            await Write(new WatchAdverseEventsResponse { Cursor = start.Write(after) });
        }

        while (true)
        {
            var next = log.Next;
            var query = new EventChangeQuery
            {
                StudyKey = study.StudyKey,
                RuleSetId = start.RuleSetId,
                MinimumGrade = start.MinimumGrade,
                After = after,
                Take = ChangesAtOnce,
            };
            // What the watch does not show is behind it as well, or every commit would have it read again.
            var changes = log.Read(query, out after);
            context.RequireStillKnown();
            foreach (var change in changes)
            {
                context.RequireStillKnown();
                await Write(new WatchAdverseEventsResponse { Cursor = start.Write(change.ChangeKey), Change = EventMapping.ToMessage(change) });
            }

            if (changes.Count < ChangesAtOnce)
            {
                await next.WaitAsync(end.Token);
            }
        }

        Task Write(WatchAdverseEventsResponse response) => responseStream.WriteUntil(response, context, end.Token);
    }

    private WatchCursor Start(WatchAdverseEventsRequest request, Study study, RuleSet? ruleSet)
    {
        var last = log.Last();
        var start = new WatchCursor(0, study.StudyId, ruleSet?.Id ?? "", request.MinimumGrade);
        if (request.FromNow)
        {
            return request.Cursor.Length == 0
                ? start with { After = last }
                : throw RpcErrors.InvalidArgument("CURSOR_AND_FROM_NOW", "from_now", "does not go together with a cursor");
        }

        if (request.Cursor.Length == 0)
        {
            return start;
        }

        if (WatchCursor.Read(request.Cursor, out var after) is { } cursor)
        {
            // A version that was added since the watch began would leave out what it showed so far.
            var began = RuleSetReference.Read(request.RuleSetId).Version is null && EventMapping.RuleSetOf(cursor.RuleSetId).Name == ruleSet?.Name
                ? start with { RuleSetId = cursor.RuleSetId }
                : start;
            start = cursor == began with { After = after }
                ? began
                : throw RpcErrors.InvalidArgument(
                    "CURSOR_OF_ANOTHER_WATCH", "cursor", "is of a watch of another study, rule set or minimum grade");
        }

        // One from a database that was set back would silently skip what is written from now on.
        return after >= 0 && after <= last
            ? start with { After = after }
            : throw RpcErrors.InvalidArgument("CURSOR_UNKNOWN", "cursor", "is ahead of everything that happened on this server");
    }
}

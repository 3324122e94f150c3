using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Storage;

namespace LabServer.Grading;

internal sealed partial class AdverseEventsService
{
    // Changes read at once: what a watcher that is far behind holds in memory.
    private const int ChangesAtOnce = 500;

    public override async Task WatchAdverseEvents(
        WatchAdverseEventsRequest request, IServerStreamWriter<WatchAdverseEventsResponse> responseStream, ServerCallContext context)
    {
        var (study, ruleSet) = FindStudy(request.StudyId, request.RuleSetId);
        CheckMinimumGrade(request.MinimumGrade);
        var after = Start(request);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);

        // A client that waits for the first change knows that it is being listened to.
        await context.WriteResponseHeadersAsync([]);
        if (request.FromNow)
        {
            await responseStream.WriteAsync(new WatchAdverseEventsResponse { Cursor = PageTokens.Write(after) }, end.Token);
        }

        while (true)
        {
            var next = log.Next;
            var changes = log.Read(new EventChangeQuery
            {
                StudyKey = study.StudyKey,
                RuleSetId = ruleSet?.Id ?? "",
                MinimumGrade = request.MinimumGrade,
                After = after,
                Take = ChangesAtOnce,
            });
            foreach (var change in changes)
            {
                await responseStream.WriteAsync(
                    new WatchAdverseEventsResponse { Cursor = PageTokens.Write(change.ChangeKey), Change = EventMapping.ToMessage(change) }, end.Token);
                after = change.ChangeKey;
            }

            if (changes.Count < ChangesAtOnce)
            {
                await next.WaitAsync(end.Token);
            }
        }
    }

    private long Start(WatchAdverseEventsRequest request)
    {
        var last = log.Last();
        if (request.FromNow)
        {
            return request.Cursor.Length == 0
                ? last
                : throw RpcErrors.InvalidArgument("CURSOR_AND_FROM_NOW", "from_now", "does not go together with a cursor");
        }

        // One from a database that was set back would silently skip what is written from now on.
        var after = Cursor(request.Cursor);
        return after >= 0 && after <= last
            ? after
            : throw RpcErrors.InvalidArgument("CURSOR_UNKNOWN", "cursor", "is ahead of everything that happened on this server");
    }

    private static long Cursor(string cursor)
    {
        try
        {
            return PageTokens.ReadNumber(cursor);
        }
        catch (RpcException)
        {
            throw RpcErrors.InvalidArgument("CURSOR_MALFORMED", "cursor", "is not a cursor that a watch gave out");
        }
    }
}

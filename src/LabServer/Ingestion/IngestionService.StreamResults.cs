using System.Threading.Channels;
using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Ingestion;
using LabServer.Limits;

namespace LabServer.Ingestion;

internal sealed partial class IngestionService
{
    // Batches of one stream that are checked or waiting for their commit. More would not be faster, only larger: when
    // they are under way nothing more is read, and HTTP/2 flow control stops the sender.
    private const int BatchesInFlight = 4;

    [Needs(Permission.PushResults)]
    public override async Task StreamResults(
        IAsyncStreamReader<StreamResultsRequest> requestStream,
        IServerStreamWriter<StreamResultsResponse> responseStream,
        ServerCallContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var underWay = Channel.CreateBounded<(ulong Number, Task<ResultOutcome[]> Outcomes)>(
            new BoundedChannelOptions(BatchesInFlight) { SingleReader = true, SingleWriter = true });
        var acknowledging = Acknowledge(underWay.Reader, responseStream, stop);
        try
        {
            await ReadBatches(requestStream, underWay.Writer, context, stop.Token);
            underWay.Writer.Complete();
        }
        catch (Exception exception)
        {
            // Whatever was taken before the fault is acknowledged before the stream ends with it.
            underWay.Writer.Complete(exception);
        }

        await acknowledging;
    }

    private async Task ReadBatches(
        IAsyncStreamReader<StreamResultsRequest> requests,
        ChannelWriter<(ulong Number, Task<ResultOutcome[]> Outcomes)> underWay,
        ServerCallContext context,
        CancellationToken stop)
    {
        while (await MoveNext(requests, stop))
        {
            var request = requests.Current;
            context.RequireStillKnown();

            // Not cancelled with the call: a batch that has been read is stored even when the sender has gone.
            var outcomes = intake.Take(context, request.StudyId, request.Laboratory, request.Results, CancellationToken.None);
            if (CountedBody.Current?.TakeOver() is { } share)
            {
                outcomes = Hold(share, outcomes);
            }

            await underWay.WriteAsync((request.BatchNumber, outcomes), stop);
        }
    }

    // Further batches are read while this one waits: it counts as long as it is in memory.
    private static async Task<ResultOutcome[]> Hold(IDisposable share, Task<ResultOutcome[]> outcomes)
    {
        using (share)
        {
            return await outcomes;
        }
    }

    private async Task<bool> MoveNext(IAsyncStreamReader<StreamResultsRequest> requests, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lifetime.ApplicationStopping);
        try
        {
            return await requests.MoveNext(either.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw RpcErrors.ServerStopping();
        }
    }

    private static async Task Acknowledge(
        ChannelReader<(ulong Number, Task<ResultOutcome[]> Outcomes)> underWay,
        IServerStreamWriter<StreamResultsResponse> responses,
        CancellationTokenSource stop)
    {
        try
        {
            await foreach (var (number, outcomes) in underWay.ReadAllAsync())
            {
                await responses.WriteAsync(
                    new StreamResultsResponse { BatchNumber = number, Outcome = ResultMapping.ToMessage(await outcomes) }, stop.Token);
            }
        }
        catch
        {
            // The reader may be waiting for the sender or for room; there is nobody left to acknowledge to.
            await stop.CancelAsync();
            throw;
        }
    }
}

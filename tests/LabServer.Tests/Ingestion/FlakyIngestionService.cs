using System.Collections.Concurrent;
using Grpc.Core;
using LabServer.Api.V1;
using Microsoft.AspNetCore.Connections.Features;

namespace LabServer.Tests.Ingestion;

/// <summary>Stores results by their id in memory and breaks off where it is told to.</summary>
/// <param name="breaksOff">Asked at each point of a batch's way whether, and how, to break off there.</param>
internal class FlakyIngestionService(Func<BreakPoint, BreakKind> breaksOff) : IngestionService.IngestionServiceBase
{
    private readonly ConcurrentDictionary<string, int> _stored = new();
    private int _connections;
    private int _batches;

    /// <summary>How often each result was received.</summary>
    public IReadOnlyDictionary<string, int> Received => _stored;

    /// <summary>Calls so far.</summary>
    public int Connections => _connections;

    /// <summary>Batches read so far.</summary>
    public int Batches => _batches;

    public override async Task StreamResults(
        IAsyncStreamReader<StreamResultsRequest> requestStream,
        IServerStreamWriter<StreamResultsResponse> responseStream,
        ServerCallContext context)
    {
        Interlocked.Increment(ref _connections);
        BreakOff(BreakPoint.Connected, context);
        await foreach (var batch in requestStream.ReadAllAsync(context.CancellationToken))
        {
            Interlocked.Increment(ref _batches);
            BreakOff(BreakPoint.BeforeCommit, context);
            var outcome = new BatchOutcome
            {
                Dispositions =
                {
                    batch.Results.Select(result =>
                        _stored.AddOrUpdate(result.SourceResultId, 1, (_, times) => times + 1) == 1 ? Disposition.Accepted : Disposition.Duplicate),
                },
            };
            BreakOff(BreakPoint.AfterCommit, context);
            await responseStream.WriteAsync(Answer(batch, outcome), context.CancellationToken);
            BreakOff(BreakPoint.AfterAcknowledgement, context);
        }
    }

    /// <summary>The acknowledgement of a batch.</summary>
    protected virtual StreamResultsResponse Answer(StreamResultsRequest batch, BatchOutcome outcome) =>
        new() { BatchNumber = batch.BatchNumber, Outcome = outcome };

    private void BreakOff(BreakPoint point, ServerCallContext context)
    {
        switch (breaksOff(point))
        {
            case BreakKind.None:
                return;
            case BreakKind.Unavailable:
                throw new RpcException(new Status(StatusCode.Unavailable, "shutting down"));
            case BreakKind.NotFound:
                throw new RpcException(new Status(StatusCode.NotFound, "no such study"));
            case BreakKind.Stream:
                context.GetHttpContext().Abort();
                break;
            case BreakKind.Connection:
                // All streams of the client that share the connection break with it.
                context.GetHttpContext().Features.Get<IConnectionLifetimeFeature>()!.Abort();
                break;
        }

        throw new OperationCanceledException();
    }
}

/// <summary>A point of a batch's way.</summary>
internal enum BreakPoint
{
    Connected,
    BeforeCommit,
    AfterCommit,
    AfterAcknowledgement,
}

/// <summary>How a server can break off.</summary>
internal enum BreakKind
{
    None,
    Unavailable,
    NotFound,
    Stream,
    Connection,
}

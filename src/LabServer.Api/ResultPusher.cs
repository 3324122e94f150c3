using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Grpc.Core;
using LabServer.Api.V1;

namespace LabServer.Api;

/// <summary>
/// Sends results over several streams, and goes on where it was after a dropped connection: it sends again exactly the
/// batches that were not acknowledged. Nothing is stored twice by that, since the server knows each result by its identity;
/// a batch whose acknowledgement was lost comes back as duplicates.
/// </summary>
/// <param name="client">Client of the server's ingestion service. It carries the credentials.</param>
/// <param name="options">How to send. Null: the defaults.</param>
/// <param name="time">The clock. Null: the system's.</param>
public sealed class ResultPusher(
    IngestionService.IngestionServiceClient client, ResultPusherOptions? options = null, TimeProvider? time = null)
{
    private readonly ResultPusherOptions _options = options ?? new ResultPusherOptions();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Sends every batch, and returns once each is acknowledged.</summary>
    /// <param name="batches">The batches. Read on only as the server keeps up.</param>
    /// <param name="acknowledged">
    /// Told once for each batch, after its durable commit, what became of its results. Never called twice at the same time.
    /// The order is that of one stream; with several streams it is not that of <paramref name="batches"/>.
    /// </param>
    /// <param name="cancellationToken">
    /// Stops the push. Batches under way may then have been stored without an acknowledgement: push again to be sure.
    /// </param>
    /// <exception cref="RpcException">
    /// The server refused for good (for instance INVALID_ARGUMENT, NOT_FOUND, UNAUTHENTICATED, PERMISSION_DENIED, or
    /// RESOURCE_EXHAUSTED with the reason MESSAGE_TOO_LARGE: a batch of more than 16 MiB), or nothing was acknowledged for
    /// <see cref="ResultPusherOptions.GiveUpAfter"/>. What was acknowledged until then is stored.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task Push(
        IAsyncEnumerable<ResultBatch> batches,
        Func<ResultBatch, BatchOutcome, CancellationToken, ValueTask> acknowledged,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(acknowledged);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Streams, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Window, 1);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var oneAtATime = new SemaphoreSlim(1, 1);
        var queue = Channel.CreateBounded<ResultBatch>(_options.Streams);

        var reading = StopAllOnFault(() => Read(batches, queue.Writer, stop.Token), stop);
        var sending = Enumerable.Range(0, _options.Streams).Select(_ => StopAllOnFault(
            () => new ResultPusherStream(client, _options, _time, queue.Reader, Acknowledge).Run(stop.Token), stop));

        // The first to fail stops the others, which then end as cancelled: the failure is what the caller must see.
        var faults = (await Task.WhenAll([reading, .. sending])).OfType<Exception>().ToList();
        cancellationToken.ThrowIfCancellationRequested();
        if (faults.Count > 0)
        {
            ExceptionDispatchInfo.Throw(faults.Find(fault => fault is not OperationCanceledException) ?? faults[0]);
        }

        async ValueTask Acknowledge(ResultBatch batch, BatchOutcome outcome)
        {
            await oneAtATime.WaitAsync(stop.Token);
            try
            {
                await acknowledged(batch, outcome, stop.Token);
            }
            finally
            {
                oneAtATime.Release();
            }
        }
    }

    private static async Task Read(IAsyncEnumerable<ResultBatch> batches, ChannelWriter<ResultBatch> queue, CancellationToken cancellationToken)
    {
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            await queue.WriteAsync(batch, cancellationToken);
        }

        queue.Complete();
    }

    private static async Task<Exception?> StopAllOnFault(Func<Task> work, CancellationTokenSource stop)
    {
        try
        {
            // A source that never waits would otherwise keep the caller's thread until the queue is full.
            await Task.Run(work);
            return null;
        }
#pragma warning disable CA1031 // Every fault is handed to Push, which throws it once all others have ended.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await stop.CancelAsync();
            return fault;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Grpc.Core;
using LabServer.Api.V1;

namespace LabServer.Api;

/// <summary>One stream of a <see cref="ResultPusher"/>, over as many connections as it takes.</summary>
internal sealed class ResultPusherStream(
    IngestionService.IngestionServiceClient client,
    ResultPusherOptions options,
    TimeProvider time,
    ChannelReader<ResultBatch> queue,
    Func<ResultBatch, BatchOutcome, ValueTask> acknowledged)
{
    // In the order sent, which is the order of the acknowledgements. Filled by the writing side of a connection, emptied by
    // its reading side; between two connections it is what must be sent again.
    private readonly Queue<(ulong Number, ResultBatch Batch)> _unacknowledged = new();
    private readonly Lock _gate = new();
    private ulong _lastNumber;
    private long _lastProgress;
    private volatile bool _sentAll;

    /// <summary>Sends what the queue gives until it is complete and everything is acknowledged.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        _lastProgress = time.GetTimestamp();
        var attempt = 0;
        while (true)
        {
            // A connection is opened only for something to send: with few batches, idle streams cost the server nothing.
            if (_unacknowledged.Count == 0 && !await queue.WaitToReadAsync(cancellationToken))
            {
                return;
            }

            var before = _lastProgress = _unacknowledged.Count == 0 ? time.GetTimestamp() : _lastProgress;
            var fault = await Connection(cancellationToken);
            if (fault is null)
            {
                continue;
            }

            attempt = _lastProgress == before ? attempt + 1 : 1;
            if (!IsPassing(fault) || time.GetElapsedTime(_lastProgress) > options.GiveUpAfter)
            {
                throw fault;
            }

            var (pause, asked) = (Pause(attempt), RpcFault.Read(fault).RetryAfter ?? TimeSpan.Zero);
            // Not sooner than the server says, which knows when there is room again; but it cannot make anybody wait for ever.
            await Task.Delay(pause > asked ? pause : asked < options.GiveUpAfter ? asked : options.GiveUpAfter, time, cancellationToken);
        }
    }

    /// <summary>One connection. Null: it ended well, with everything it sent acknowledged.</summary>
    private async Task<RpcException?> Connection(CancellationToken cancellationToken)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = client.StreamResults(cancellationToken: cancellationToken);
        var again = _unacknowledged.ToArray();
        using var free = new SemaphoreSlim(Math.Max(options.Window - again.Length, 0));

        var writing = Write(call.RequestStream, again, free, broken.Token);
        RpcException? fault = null;
        try
        {
            while (await Next(call.ResponseStream, status => fault = status, cancellationToken))
            {
                if (!TryAcknowledge(call.ResponseStream.Current, out var batch))
                {
                    return new RpcException(new Status(
                        StatusCode.DataLoss, $"The server acknowledged batch {call.ResponseStream.Current.BatchNumber} out of turn."));
                }

                await acknowledged(batch, call.ResponseStream.Current.Outcome);
                free.Release();
            }
        }
        finally
        {
            // The call has ended, or is given up: whatever the writing side still waits for will not come.
            await broken.CancelAsync();
            await Ended(writing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return fault ?? (_sentAll && _unacknowledged.Count == 0 ? null : new RpcException(
            new Status(StatusCode.Unavailable, "The server ended the stream before it had acknowledged every batch.")));
    }

    private async Task Write(
        IClientStreamWriter<StreamResultsRequest> requests,
        (ulong Number, ResultBatch Batch)[] again,
        SemaphoreSlim free,
        CancellationToken cancellationToken)
    {
        foreach (var (number, batch) in again)
        {
            await requests.WriteAsync(Request(number, batch), cancellationToken);
        }

        while (true)
        {
            await free.WaitAsync(cancellationToken);
            if (!await queue.WaitToReadAsync(cancellationToken))
            {
                break;
            }

            if (!queue.TryRead(out var batch))
            {
                // Another stream was faster.
                free.Release();
                continue;
            }

            // Listed before it is sent: from here on it is either acknowledged or sent again.
            var number = ++_lastNumber;
            lock (_gate)
            {
                _unacknowledged.Enqueue((number, batch));
            }

            await requests.WriteAsync(Request(number, batch), cancellationToken);
        }

        _sentAll = true;
        await requests.CompleteAsync();
    }

    private bool TryAcknowledge(StreamResultsResponse answer, [NotNullWhen(true)] out ResultBatch? batch)
    {
        lock (_gate)
        {
            var inTurn = _unacknowledged.TryPeek(out var oldest) && oldest.Number == answer.BatchNumber;
            batch = inTurn ? _unacknowledged.Dequeue().Batch : null;
        }

        _lastProgress = time.GetTimestamp();
        return batch is not null;
    }

    private static async Task<bool> Next(
        IAsyncStreamReader<StreamResultsResponse> answers, Action<RpcException> ended, CancellationToken cancellationToken)
    {
        try
        {
            return await answers.MoveNext(cancellationToken);
        }
        catch (RpcException status)
        {
            ended(status);
            return false;
        }
    }

    private static async Task Ended(Task writing)
    {
        try
        {
            await writing;
        }
        catch (Exception fault) when (fault is RpcException or InvalidOperationException or OperationCanceledException or IOException)
        {
            // Writing to a call that has ended fails in several ways; the status of the call, which the reading side has, says why.
        }
    }

    private static StreamResultsRequest Request(ulong number, ResultBatch batch) =>
        new() { BatchNumber = number, StudyId = batch.StudyId, Laboratory = batch.Laboratory, Results = { batch.Results } };

    private TimeSpan Pause(int attempt)
    {
        var longest = Math.Min(options.FirstPause.TotalMilliseconds * Math.Pow(2, attempt - 1), options.LongestPause.TotalMilliseconds);
        // Half of it at random, so that many clients do not come back at the same moment.
#pragma warning disable CA5394 // Jitter needs no secrecy.
        return TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394
    }

    /// <summary>Whether trying again may help. Sending again is always safe, so only what cannot get better ends a push.</summary>
    private static bool IsPassing(RpcException fault) => fault.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Aborted or StatusCode.Cancelled
            or StatusCode.DeadlineExceeded => true,
        // A full disk passes, and too many calls do, and the server says when; so may a proxy's limit, which has no reason. A
        // batch that is too large stays so.
        StatusCode.ResourceExhausted => RpcFault.Read(fault) is var limit && (limit.RetryAfter is not null || limit.Reason.Length == 0),
        _ => false,
    };
}

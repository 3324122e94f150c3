using System.Runtime.CompilerServices;
using Grpc.Core;
using LabServer.Api.V1;

namespace LabServer.Api;

/// <summary>
/// Watches adverse events, and goes on where it was after a dropped connection: each change comes once, in order, also
/// those that were committed while there was no connection.
/// </summary>
/// <param name="client">Client of the server's adverse-events service. It carries the credentials.</param>
/// <param name="options">How to go on. Null: the defaults.</param>
/// <param name="time">The clock. Null: the system's.</param>
public sealed class EventWatcher(
    AdverseEventsService.AdverseEventsServiceClient client, EventWatcherOptions? options = null, TimeProvider? time = null)
{
    private readonly EventWatcherOptions _options = options ?? new EventWatcherOptions();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>
    /// The messages of the watch. Keep the cursor of the last one that was dealt with: a later watch from there misses
    /// nothing and gets nothing twice.
    /// </summary>
    /// <param name="request">What to watch, and from where on. It is not changed.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="RpcException">
    /// The server refused for good (for instance INVALID_ARGUMENT, NOT_FOUND, UNAUTHENTICATED), could not be reached at
    /// first, or was out of reach for <see cref="EventWatcherOptions.GiveUpAfter"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async IAsyncEnumerable<WatchAdverseEventsResponse> Watch(
        WatchAdverseEventsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request = request.Clone();
        var outage = new Outage(_options, _time);
        while (true)
        {
            using var call = client.WatchAdverseEvents(request, cancellationToken: cancellationToken);
            var fault = await Connect(call, outage);
            while (fault is null)
            {
                (var message, fault) = await Next(call.ResponseStream, cancellationToken);
                if (message is not null)
                {
                    outage.End();
                    (request.Cursor, request.FromNow) = (message.Cursor, false);
                    yield return message;
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            await Task.Delay(outage.Pause(fault), _time, cancellationToken);
        }
    }

    // The server answers with its headers at once; the first change may be hours away.
    private static async Task<RpcException?> Connect(AsyncServerStreamingCall<WatchAdverseEventsResponse> call, Outage outage)
    {
        try
        {
            await call.ResponseHeadersAsync;
            outage.Connected();
            return null;
        }
        catch (RpcException fault)
        {
            return fault;
        }
    }

    private static async Task<(WatchAdverseEventsResponse? Message, RpcException? Fault)> Next(
        IAsyncStreamReader<WatchAdverseEventsResponse> messages, CancellationToken cancellationToken)
    {
        try
        {
            return await messages.MoveNext(cancellationToken)
                ? (messages.Current, null)
                : (null, new RpcException(new Status(StatusCode.Unavailable, "The server ended the watch.")));
        }
        catch (RpcException fault)
        {
            return (null, fault);
        }
    }

    /// <summary>The time without a connection that is of use.</summary>
    private sealed class Outage(EventWatcherOptions options, TimeProvider time)
    {
        // A server, or a proxy before it, may answer and fail at once for ever: headers alone end no outage.
        private static readonly TimeSpan Sound = TimeSpan.FromSeconds(10);

        private bool _connectedOnce;
        private long? _connected;
        private int _attempts;
        private long _began;

        public void Connected() => (_connectedOnce, _connected) = (true, time.GetTimestamp());

        public void End() => _attempts = 0;

        /// <summary>How long to wait before the next attempt.</summary>
        /// <exception cref="RpcException">There is none: <paramref name="fault"/> is the end of the watch.</exception>
        public TimeSpan Pause(RpcException fault)
        {
            if (_connected is { } since && time.GetElapsedTime(since) >= Sound)
            {
                End();
            }

            _connected = null;
            _attempts++;
            _began = _attempts == 1 ? time.GetTimestamp() : _began;
            if (!_connectedOnce || !IsPassing(fault.StatusCode) || time.GetElapsedTime(_began) > options.GiveUpAfter)
            {
                throw fault;
            }

            var longest = Math.Min(options.FirstPause.TotalMilliseconds * Math.Pow(2, _attempts - 1), options.LongestPause.TotalMilliseconds);
            // Half of it at random, so that many clients do not come back at the same moment.
#pragma warning disable CA5394 // Jitter needs no secrecy.
            return TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394
        }

        // Of those that no waiting helps, the server says so with another status.
        private static bool IsPassing(StatusCode status) => status is
            StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Aborted or StatusCode.Cancelled
            or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted;
    }
}

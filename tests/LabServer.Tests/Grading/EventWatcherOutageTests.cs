using Grpc.Core;
using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Grading;

/// <summary>A server that answers and then fails, again and again, with a watcher that gives up after a minute.</summary>
public sealed class EventWatcherOutageTests
{
    private static readonly EventWatcherOptions Quick = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(1),
        LongestPause = TimeSpan.FromMilliseconds(5),
        GiveUpAfter = TimeSpan.FromMinutes(1),
    };

    [Fact]
    public async Task EventWatcher_StreamFailsBehindItsHeadersAgainAndAgain_GivesUp()
    {
        var clock = new SteppedTime();
        var failing = new FailingEventsService(clock, holds: TimeSpan.FromSeconds(9), messageAt: 100);

        var fault = await Assert.ThrowsAsync<RpcException>(() => First(failing, clock));

        Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
        Assert.InRange(failing.Connections, 2, 10);
    }

    [Fact]
    public async Task EventWatcher_ConnectionsHoldForAWhile_GoesOnThoughNothingHappens()
    {
        var clock = new SteppedTime();
        var failing = new FailingEventsService(clock, holds: TimeSpan.FromSeconds(11), messageAt: 20);

        Assert.Equal("20", (await First(failing, clock)).Cursor);
    }

    private static async Task<WatchAdverseEventsResponse> First(FailingEventsService failing, SteppedTime clock)
    {
        await using var loopback = await LoopbackServer.Start(failing);
        var watcher = new EventWatcher(new AdverseEventsService.AdverseEventsServiceClient(loopback.Channel), Quick, clock);
        using var bound = new CancellationTokenSource(Eventually.Bound);
        await foreach (var message in watcher.Watch(new WatchAdverseEventsRequest { StudyId = "S" }, bound.Token))
        {
            return message;
        }

        throw new InvalidOperationException("The watch ended by itself.");
    }

    /// <summary>Fails each connection when it has held for a while, but for the one that gets a message.</summary>
    private sealed class FailingEventsService(SteppedTime clock, TimeSpan holds, int messageAt) : AdverseEventsService.AdverseEventsServiceBase
    {
        private readonly TaskCompletionSource _never = new();
        private int _connections;

        public int Connections => _connections;

        public override async Task WatchAdverseEvents(
            WatchAdverseEventsRequest request, IServerStreamWriter<WatchAdverseEventsResponse> responseStream, ServerCallContext context)
        {
            var connection = Interlocked.Increment(ref _connections);
            if (connection == messageAt)
            {
                await responseStream.WriteAsync(new WatchAdverseEventsResponse { Cursor = FormattableString.Invariant($"{connection}") });
                await _never.Task.WaitAsync(context.CancellationToken);
            }

            var asked = clock.Reads;
            await context.WriteResponseHeadersAsync([]);
            // The watcher reads the clock when it is connected.
            await Eventually.True(() => clock.Reads > asked, "the watcher is connected");
            clock.Step(holds);
            throw new RpcException(new Status(StatusCode.Unavailable, "failed"));
        }
    }

    /// <summary>The system's timers, with a clock that goes on by steps.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;
        private int _reads;

        public int Reads => Volatile.Read(ref _reads);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            // The value first: who sees the count then knows that a later step is not in it.
            var ticks = Volatile.Read(ref _ticks);
            Interlocked.Increment(ref _reads);
            return ticks;
        }

        public void Step(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
    }
}

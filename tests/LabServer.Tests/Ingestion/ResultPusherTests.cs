using System.Globalization;
using Grpc.Core;
using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Ingestion;

public sealed class ResultPusherTests
{
    private const int BatchSize = 5;

    private static readonly ResultPusherOptions Quick = new()
    {
        Streams = 3,
        Window = 4,
        FirstPause = TimeSpan.FromMilliseconds(1),
        LongestPause = TimeSpan.FromMilliseconds(8),
        GiveUpAfter = TimeSpan.FromSeconds(60),
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Push_ConnectionsDropAtSeededPoints_EveryBatchIsAcknowledgedOnceAndNoneIsLost(int seed)
    {
        const int Batches = 150;
        var breaks = 0;
        var random = new Random(seed);
        BreakKind[] kinds = [BreakKind.Unavailable, BreakKind.Stream, BreakKind.Connection];
        var service = new FlakyIngestionService(_ =>
        {
            lock (random)
            {
                if (random.Next(25) > 0)
                {
                    return BreakKind.None;
                }

                breaks++;
                return kinds[random.Next(kinds.Length)];
            }
        });
        await using var server = await LoopbackServer.Start(service);
        var acknowledged = new List<ResultBatch>();
        var outcomes = new Dictionary<Disposition, int>();

        await Pusher(server, Quick).Push(
            Source(Batches),
            (batch, outcome, _) =>
            {
                acknowledged.Add(batch);
                foreach (var disposition in outcome.Dispositions)
                {
                    outcomes[disposition] = outcomes.GetValueOrDefault(disposition) + 1;
                }

                return ValueTask.CompletedTask;
            },
            CancellationToken.None);

        Assert.True(breaks > 5, $"Only {breaks} breaks: the test shows nothing.");
        Assert.Equal(Enumerable.Range(0, Batches), acknowledged.Select(batch => (int)batch.Tag!).Order());
        Assert.Equal(Batches * BatchSize, service.Received.Count);
        Assert.Equal(Batches * BatchSize, outcomes.Values.Sum());
    }

    [Fact]
    public async Task Push_AcknowledgementIsLost_OnlyWhatWasNotAcknowledgedIsSentAgain()
    {
        // The tenth batch is committed and its acknowledgement never sent.
        var commits = 0;
        var service = new FlakyIngestionService(point =>
            point == BreakPoint.AfterCommit && ++commits == 10 ? BreakKind.Unavailable : BreakKind.None);
        await using var server = await LoopbackServer.Start(service);
        var outcomes = new Dictionary<int, IReadOnlyList<Disposition>>();

        await Pusher(server, Quick with { Streams = 1, Window = 1 }).Push(
            Source(20),
            (batch, outcome, _) =>
            {
                outcomes.Add((int)batch.Tag!, outcome.Dispositions);
                return ValueTask.CompletedTask;
            },
            CancellationToken.None);

        Assert.Equal(2, service.Connections);
        Assert.Equal(21, service.Batches);
        Assert.All(outcomes, batch => Assert.All(
            batch.Value, disposition => Assert.Equal(batch.Key == 9 ? Disposition.Duplicate : Disposition.Accepted, disposition)));
    }

    [Fact]
    public async Task Push_NothingToSend_OpensNoStream()
    {
        var service = new FlakyIngestionService(_ => BreakKind.None);
        await using var server = await LoopbackServer.Start(service);

        await Pusher(server, Quick).Push(Source(0), (_, _, _) => ValueTask.CompletedTask, CancellationToken.None);

        Assert.Equal(0, service.Connections);
    }

    [Fact]
    public async Task Push_ServerSlow_ReadsOnNoFurtherThanTheWindowsReach()
    {
        var service = new FlakyIngestionService(_ => BreakKind.None);
        await using var server = await LoopbackServer.Start(service);
        var (read, acknowledged, widest) = (0, 0, 0);

        await Pusher(server, Quick).Push(
            Source(200, () => widest = Math.Max(widest, ++read - Volatile.Read(ref acknowledged))),
            (_, _, _) =>
            {
                Interlocked.Increment(ref acknowledged);
                return ValueTask.CompletedTask;
            },
            CancellationToken.None);

        // Each stream's window, as many again waiting for a stream, and for each side of the queue the one in its hand.
        Assert.InRange(widest, 1, (Quick.Streams * Quick.Window) + Quick.Streams + 2 + Quick.Streams);
    }

    [Fact]
    public async Task Push_ServerRefusesForGood_StopsAtOnceWithTheStatus()
    {
        var service = new FlakyIngestionService(point => point == BreakPoint.BeforeCommit ? BreakKind.NotFound : BreakKind.None);
        await using var server = await LoopbackServer.Start(service);

        var refused = await Assert.ThrowsAsync<RpcException>(() =>
            Pusher(server, Quick with { Streams = 1 }).Push(Source(50), NeverAcknowledged, CancellationToken.None));

        Assert.Equal((StatusCode.NotFound, "no such study"), (refused.StatusCode, refused.Status.Detail));
        Assert.Equal(1, service.Connections);
    }

    [Fact]
    public async Task Push_NothingGetsAcknowledged_GivesUpAfterItsBound()
    {
        var service = new FlakyIngestionService(_ => BreakKind.Unavailable);
        await using var server = await LoopbackServer.Start(service);

        var gaveUp = await Assert.ThrowsAsync<RpcException>(() =>
            Pusher(server, Quick with { GiveUpAfter = TimeSpan.FromMilliseconds(50) }).Push(Source(5), NeverAcknowledged, CancellationToken.None));

        Assert.Equal(StatusCode.Unavailable, gaveUp.StatusCode);
        Assert.True(service.Connections > 1, "It did not try again.");
    }

    [Fact]
    public async Task Push_ServerAcknowledgesOutOfTurn_Stops()
    {
        await using var server = await LoopbackServer.Start(new WrongNumbersService());

        var stopped = await Assert.ThrowsAsync<RpcException>(() =>
            Pusher(server, Quick).Push(Source(5), NeverAcknowledged, CancellationToken.None));

        Assert.Equal(StatusCode.DataLoss, stopped.StatusCode);
    }

    [Fact]
    public async Task Push_Cancelled_EndsAsCancelled()
    {
        await using var server = await LoopbackServer.Start(new FlakyIngestionService(_ => BreakKind.None));
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pusher(server, Quick).Push(
            Source(1_000), (_, _, _) => new ValueTask(cancel.CancelAsync()), cancel.Token));
    }

    [Fact]
    public async Task Push_CallbackFails_StopsWithItsFailure()
    {
        await using var server = await LoopbackServer.Start(new FlakyIngestionService(_ => BreakKind.None));

        await Assert.ThrowsAsync<NotSupportedException>(() => Pusher(server, Quick).Push(
            Source(1_000), (_, _, _) => throw new NotSupportedException(), CancellationToken.None));
    }

    [Fact]
    public async Task Push_SourceFails_StopsWithItsFailure()
    {
        await using var server = await LoopbackServer.Start(new FlakyIngestionService(_ => BreakKind.None));
        var read = 0;

        await Assert.ThrowsAsync<InvalidDataException>(() => Pusher(server, Quick).Push(
            Source(1_000, () =>
            {
                if (++read == 30)
                {
                    throw new InvalidDataException();
                }
            }),
            (_, _, _) => ValueTask.CompletedTask,
            CancellationToken.None));
    }

    private static ResultPusher Pusher(LoopbackServer server, ResultPusherOptions options) =>
        new(new IngestionService.IngestionServiceClient(server.Channel), options);

    private static ValueTask NeverAcknowledged(ResultBatch batch, BatchOutcome outcome, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing was to be acknowledged.");

    private static async IAsyncEnumerable<ResultBatch> Source(int batches, Action? onRead = null)
    {
        for (var batch = 0; batch < batches; batch++)
        {
            await Task.Yield();
            onRead?.Invoke();
            yield return new ResultBatch("S1", "LAB", [.. Enumerable.Range(0, BatchSize).Select(result => new LabResult
            {
                SourceResultId = string.Create(CultureInfo.InvariantCulture, $"{batch}/{result}"),
            })])
            { Tag = batch };
        }
    }

    private sealed class WrongNumbersService() : FlakyIngestionService(_ => BreakKind.None)
    {
        protected override StreamResultsResponse Answer(StreamResultsRequest batch, BatchOutcome outcome) =>
            new() { BatchNumber = batch.BatchNumber + 7, Outcome = outcome };
    }
}

using Grpc.Core;
using Grpc.Net.Client;
using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Ingestion;

public sealed class StreamResultsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task StreamResults_SeveralBatches_AreAcknowledgedInTheOrderSentWithTheirNumbers()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        ulong[] numbers = [7, 3, 3, 0, ulong.MaxValue, 1, 2, 4, 5, 6];
        using var call = trial.Ingestion.StreamResults();

        foreach (var (place, number) in numbers.Index())
        {
            await call.RequestStream.WriteAsync(trial.Batch(number, Trial.ManyAlt(FormattableString.Invariant($"b{place}-"), place + 1)));
        }

        await call.RequestStream.CompleteAsync();
        var acknowledged = await call.ResponseStream.ReadAllAsync().ToListAsync();

        Assert.Equal(numbers, acknowledged.Select(answer => answer.BatchNumber));
        Assert.Equal(Enumerable.Range(1, 10), acknowledged.Select(answer => answer.Outcome.Dispositions.Count));
        Assert.Equal(55, (await trial.Counts()).Results);
    }

    [Fact]
    public async Task StreamResults_BatchAcknowledged_IsOnFileBeforeTheNextIsSent()
    {
        var trial = await Trial.Create(server);
        using var call = trial.Ingestion.StreamResults();
        for (var number = 1UL; number <= 3; number++)
        {
            await call.RequestStream.WriteAsync(trial.Batch(number, Trial.ManyAlt(FormattableString.Invariant($"b{number}-"), 10)));
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal((long)number * 10, (await trial.Counts()).Results);
        }
    }

    [Fact]
    public async Task StreamResults_BatchesOfTwoStudiesOnOneStream_GoToTheirOwnStudies()
    {
        var (first, second) = (await Trial.Create(server), await Trial.Create(server));
        using var call = first.Ingestion.StreamResults();
        await call.RequestStream.WriteAsync(first.Batch(1, Trial.ManyAlt("r", 3)));
        await call.RequestStream.WriteAsync(second.Batch(2, Trial.ManyAlt("r", 5)));
        await call.RequestStream.CompleteAsync();
        await call.ResponseStream.ReadAllAsync().CountAsync();

        Assert.Equal((3, 5), ((await first.Counts()).Results, (await second.Counts()).Results));
    }

    [Fact]
    public async Task StreamResults_FourStreamsSendTheSameResultsAtOnce_EachIsStoredOnce()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        var batches = Trial.ManyAlt("r", 2000).Chunk(100).ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Push(trial, batches))));

        var dispositions = answers.SelectMany(list => list).SelectMany(answer => answer.Outcome.Dispositions).CountBy(disposition => disposition).ToDictionary();
        Assert.Equal(2000, dispositions[Disposition.Accepted]);
        Assert.Equal(6000, dispositions[Disposition.Duplicate]);
        Assert.Equal(2000, (await trial.AllResults()).DistinctBy(result => result.Result.SourceResultId).Count());
        Assert.Equal(2000, (await trial.Counts()).Results);
    }

    public static TheoryData<string, StatusCode, string, string> WrongBatches => new()
    {
        { "study and laboratory missing", StatusCode.InvalidArgument, "BATCH_INVALID", "study_id,laboratory" },
        { "study unknown", StatusCode.NotFound, "STUDY_NOT_FOUND", "" },
        { "too many results", StatusCode.InvalidArgument, "BATCH_INVALID", "results" },
    };

    [Theory]
    [MemberData(nameof(WrongBatches))]
    public async Task StreamResults_WrongBatchInTheMiddle_EndsTheStreamAfterTheEarlierOnesAreAcknowledged(
        string what, StatusCode code, string reason, string fields)
    {
        var trial = await Trial.Create(server);
        var wrong = what switch
        {
            "study unknown" => new StreamResultsRequest { BatchNumber = 3, StudyId = "NO-SUCH", Laboratory = "L", Results = { Trial.Alt("w1", "30") } },
            "too many results" => trial.Batch(3, Trial.ManyAlt("w", 5001)),
            _ => new StreamResultsRequest { BatchNumber = 3, Results = { Trial.Alt("w1", "30") } },
        };
        using var call = trial.Ingestion.StreamResults();
        await call.RequestStream.WriteAsync(trial.Batch(1, Trial.ManyAlt("a", 2)));
        await call.RequestStream.WriteAsync(trial.Batch(2, Trial.ManyAlt("b", 2)));
        await call.RequestStream.WriteAsync(wrong);

        var acknowledged = new List<ulong>();
        var fault = await Refused.With(code, reason, async () =>
        {
            await foreach (var answer in call.ResponseStream.ReadAllAsync())
            {
                acknowledged.Add(answer.BatchNumber);
            }
        });

        Assert.Equal([1UL, 2UL], acknowledged);
        Assert.Equal(fields, string.Join(',', fault.Fields()));
        Assert.Equal(["a1", "a2", "b1", "b2"], (await trial.AllResults()).Select(result => result.Result.SourceResultId));
    }

    [Fact]
    public async Task StreamResults_MessageOverTheSizeLimit_EndsTheStreamAfterTheEarlierOnesAreAcknowledged()
    {
        var trial = await Trial.Create(server);

        // A connection of its own: a client that is refused in the middle of a message may go on sending it for a moment, and
        // HTTP/2 lets the server then close the connection, with whatever else runs over it.
        using var channel = server.OpenChannel();
        using var call = new IngestionService.IngestionServiceClient(channel).StreamResults();
        await call.RequestStream.WriteAsync(trial.Batch(1, Trial.Alt("r1", "30")));
        using var ended = new CancellationTokenSource();
        var sending = call.RequestStream.WriteAsync(trial.Batch(2, Trial.Alt("r2", new string('1', 17 * 1024 * 1024))), ended.Token);

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var fault = await Refused.With(
            StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE", () => call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal("16777216", fault.Metadata["limit_bytes"]);
        Assert.Equal(1, (await trial.Counts()).Results);

        // A write that waits for flow control does not always notice the end of its call; it has to be told.
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
    }

    [Fact]
    public async Task StreamResults_PusherHasABatchOverTheSizeLimit_IsRefusedOnceAndTheEarlierOnesAreOnFile()
    {
        var trial = await Trial.Create(server);
        using var channel = server.OpenChannel();
        var options = new ResultPusherOptions { Streams = 1, GiveUpAfter = TimeSpan.FromHours(1) };
        var pusher = new ResultPusher(new IngestionService.IngestionServiceClient(channel), options);
        ResultBatch[] batches = [BatchOf("r1", "30"), BatchOf("r2", "30"), BatchOf("r3", new string('1', 17 * 1024 * 1024)), BatchOf("r4", "30")];
        var acknowledged = new List<string>();

        // With an hour to go on trying, only a refusal for good ends the push.
        await Refused.With(StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE", () => pusher.Push(
            batches.ToAsyncEnumerable(),
            (batch, _, _) =>
            {
                acknowledged.Add(batch.Results[0].SourceResultId);
                return ValueTask.CompletedTask;
            },
            CancellationToken.None).WaitAsync(Eventually.Bound));

        Assert.Equal(["r1", "r2"], acknowledged);
        Assert.Equal(["r1", "r2"], (await trial.AllResults()).Select(result => result.Result.SourceResultId));

        ResultBatch BatchOf(string id, string value) => new(trial.StudyId, Trial.Laboratory, [Trial.Alt(id, value)]);
    }

    [Fact]
    public async Task StreamResults_ClientNeverReadsAcknowledgements_ItsWritesStopUntilItDoes()
    {
        const int Batches = 150;
        const int Size = 200;
        var trial = await Trial.Create(server);
        using var handler = new SocketsHttpHandler { InitialHttp2StreamWindowSize = 65_535 };
        using var channel = server.OpenChannel(new GrpcChannelOptions { HttpHandler = handler });
        using var call = new IngestionService.IngestionServiceClient(channel).StreamResults();

        // Rejected results, because their acknowledgements are large; 150 batches are far more than all windows hold.
        var written = 0;
        var writing = Task.Run(async () =>
        {
            for (var number = 1; number <= Batches; number++)
            {
                await call.RequestStream.WriteAsync(trial.Batch((ulong)number, Rejected(number, Size)));
                Interlocked.Increment(ref written);
            }

            await call.RequestStream.CompleteAsync();
        });

        var before = (Written: -1, Stored: -1L);
        var same = 0;
        await Eventually.True(
            async () =>
            {
                var now = (Written: Volatile.Read(ref written), Stored: (await trial.Counts()).Rejected);
                same = now == before && now.Written > 0 ? same + 1 : 0;
                before = now;
                return same == 25 || writing.IsCompleted;
            },
            "the sender is stopped",
            TimeSpan.FromMinutes(2));
        Assert.False(writing.IsCompleted, "The server took every batch although nobody read an acknowledgement.");

        var acknowledged = await call.ResponseStream.ReadAllAsync().Select(answer => (int)answer.BatchNumber).ToListAsync();
        await writing;

        Assert.Equal(Enumerable.Range(1, Batches), acknowledged);
        Assert.Equal(Batches * Size, (await trial.Counts()).Rejected);
    }

    [Fact]
    public async Task StreamResults_ClientCancelsMidway_WhatWasAcknowledgedIsOnFileAndBatchesAreWhole()
    {
        const int Size = 50;
        var trial = await Trial.Create(server);
        using var cancel = new CancellationTokenSource();
        using var call = trial.Ingestion.StreamResults(cancellationToken: cancel.Token);
        var acknowledged = new List<ulong>();
        for (var number = 1UL; number <= 12; number++)
        {
            await call.RequestStream.WriteAsync(trial.Batch(number, Trial.ManyAlt(FormattableString.Invariant($"b{number}-"), Size)));
        }

        while (acknowledged.Count < 3)
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            acknowledged.Add(call.ResponseStream.Current.BatchNumber);
        }

        await cancel.CancelAsync();
        var ended = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.Cancelled, ended.StatusCode);
        var onFile = (await trial.AllResults()).CountBy(result => result.Result.SourceResultId.Split('-')[0]).ToDictionary();
        Assert.All(acknowledged, number => Assert.Contains(FormattableString.Invariant($"b{number}"), onFile.Keys));
        Assert.All(onFile.Values, count => Assert.Equal(Size, count));
    }

    [Fact]
    public async Task StreamResults_DeadlinePasses_IsDeadlineExceededAndWhatWasAcknowledgedIsOnFile()
    {
        var trial = await Trial.Create(server);
        using var call = trial.Ingestion.StreamResults(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(5));
        await call.RequestStream.WriteAsync(trial.Batch(1, Trial.ManyAlt("r", 5)));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var ended = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.DeadlineExceeded, ended.StatusCode);
        Assert.Equal(5, (await trial.Counts()).Results);
    }

    private static async Task<List<StreamResultsResponse>> Push(Trial trial, List<LabResult[]> batches)
    {
        using var call = trial.Ingestion.StreamResults();
        var reading = call.ResponseStream.ReadAllAsync().ToListAsync();
        foreach (var (number, batch) in batches.Index())
        {
            await call.RequestStream.WriteAsync(trial.Batch((ulong)number, batch));
        }

        await call.RequestStream.CompleteAsync();
        return await reading;
    }

    private static IEnumerable<LabResult> Rejected(int batch, int count) => Enumerable.Range(1, count).Select(i =>
    {
        var result = Trial.Alt(FormattableString.Invariant($"b{batch}-{i}"), "1,5", "no date");
        result.Visit = new string('V', 200);
        return result;
    });
}

using System.Buffers.Binary;
using System.Net.Sockets;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Limits;

/// <summary>Connections that are too many, too slow or silent, and those that are quiet for a good reason.</summary>
public sealed class ConnectionLimitsTests
{
    private const byte MaxConcurrentStreams = 3;

    [Fact]
    public async Task Connections_MoreThanAllowed_AreClosedAtOnceUntilOneEnds()
    {
        await using var server = await Start(("Connections", "3"));
        await server.Access.GetCallerAsync(new GetCallerRequest());
        var held = new List<NetworkStream> { await Http2.Open(server.GrpcAddress), await Http2.Open(server.GrpcAddress) };
        foreach (var stream in held)
        {
            Assert.NotNull(await Http2.Next(stream, CancellationToken.None));
        }

        await using var refused = await Http2.Open(server.GrpcAddress);
        Assert.Empty(await Http2.ReadToEnd(refused));
        await server.Access.GetCallerAsync(new GetCallerRequest());

        await held[0].DisposeAsync();
        await Eventually.True(
            async () =>
            {
                await using var again = await Http2.Open(server.GrpcAddress);
                return await Http2.Next(again, CancellationToken.None) is not null;
            },
            "there is room for a connection again");
        await held[1].DisposeAsync();
    }

    [Fact]
    public async Task Streams_MoreOnAConnectionThanAllowed_AreRefusedAndTheClientIsToldHowMany()
    {
        await using var server = await Start(("StreamsPerConnection", "2"));
        await using var stream = await Http2.Open(server.GrpcAddress);
        var block = Http2.Call(RawCall.Stream, server.AdminKey);

        // Streams of results that wait for their first batch.
        foreach (var id in new[] { 1, 3, 5 })
        {
            await stream.WriteAsync(Http2.Frame(Http2.Headers, Http2.EndHeaders, id, block));
        }

        var (told, refused) = (0, 0);
        while (refused == 0)
        {
            var (type, flags, id, payload) = (await Http2.Next(stream, CancellationToken.None))!.Value;
            if (type == Http2.Settings && (flags & Http2.Ack) == 0)
            {
                told = Enumerable.Range(0, payload.Length / 6).Where(i => payload[(6 * i) + 1] == MaxConcurrentStreams)
                    .Select(i => BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan((6 * i) + 2))).Single();
            }

            refused = type == Http2.ResetStream ? id : 0;
        }

        Assert.Equal((2, 5), (told, refused));
    }

    [Theory]
    [InlineData(1, 4000, true)]
    [InlineData(1, 5000, false)]
    [InlineData(20, 1, true)]
    [InlineData(31, 1, false)]
    public async Task Headers_OfACall_AreTakenUpToTheLimits(int count, int length, bool taken)
    {
        await using var server = await Start(("HeaderBytes", "5000"), ("HeaderCount", "30"));
        using var raw = new RawCall(server);
        var headers = Enumerable.Range(0, count).Select(i => (FormattableString.Invariant($"x-h{i}"), new string('x', length)));

        var outcome = await Record.ExceptionAsync(() => raw.Post(RawCall.Submit, RawCall.Frame([]), headers: headers));

        Assert.Equal(taken, outcome is null);
        // Also when the connection was given up: the next is as good as ever.
        await server.Access.GetCallerAsync(new GetCallerRequest());
    }

    [Fact]
    public async Task SlowCallers_OfEveryKind_AreCutAndQuietStreamsAreNot()
    {
        await using var server = await Start(
            ("HeadersTimeout", "00:00:01"), ("SlowGrace", "00:00:02"), ("IdleConnection", "00:00:01"), ("PingAfter", "00:00:01"), ("PingTimeout", "00:00:02"));
        var trial = await Trial.Create(server);
        await trial.Register("01");
        using var watch = trial.Events.WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = trial.StudyId });
        using var sending = trial.Ingestion.StreamResults();
        await sending.RequestStream.WriteAsync(trial.Batch(1, Trial.Alt("first", "900")));
        Assert.True(await sending.ResponseStream.MoveNext(CancellationToken.None));

        var block = Http2.Call(RawCall.Submit, server.AdminKey);
        await using var silent = await Http2.Connect(server.GrpcAddress);
        await using var idle = await Http2.Open(server.GrpcAddress);
        await using var prefaceUnfinished = await Http2.Connect(server.GrpcAddress);
        await prefaceUnfinished.WriteAsync(Http2.Preface.AsMemory(0, 10));
        await using var headersUnfinished = await Http2.Open(server.GrpcAddress);
        await headersUnfinished.WriteAsync(Http2.Frame(Http2.Headers, 0, 1, block));
        await using var bodyUnfinished = await Http2.Open(server.GrpcAddress);
        await bodyUnfinished.WriteAsync((byte[])[.. Http2.Frame(Http2.Headers, Http2.EndHeaders, 1, block), .. Http2.Frame(Http2.Data, 0, 1, [0, 0, 0])]);
        // Answers no ping while its watch is open.
        await using var gone = await Http2.Open(server.GrpcAddress);
        await gone.WriteAsync((byte[])[
            .. Http2.Frame(Http2.Headers, Http2.EndHeaders, 1, Http2.Call(RawCall.Stream, server.AdminKey))]);

        // Each ends, or the reading fails with the bound.
        await Task.WhenAll(new[] { silent, idle, prefaceUnfinished, headersUnfinished, bodyUnfinished, gone }.Select(stream => Http2.ReadToEnd(stream)));

        await sending.RequestStream.WriteAsync(trial.Batch(2, Trial.Alt("second", "30")));
        Assert.True(await sending.ResponseStream.MoveNext(CancellationToken.None));
        await trial.Grade();
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
    }

    private static Task<ServerFixture> Start(params (string Name, string Value)[] limits) =>
        ServerFixture.Start(limits.ToDictionary(limit => $"LabServer:Limits:{limit.Name}", limit => (string?)limit.Value));
}

using System.IO.Compression;
using Google.Protobuf;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Limits;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LabServer.Tests.Limits;

/// <summary>What becomes of messages that are too large, as sent or unpacked, or not what their headers say.</summary>
public sealed class MessageLimitsTests(SmallMessageServer small) : IClassFixture<SmallMessageServer>, IDisposable
{
    private const int Limit = SmallMessageServer.Limit;

    private readonly RawCall _raw = new(small.Server);

    public void Dispose() => _raw.Dispose();

    [Theory]
    [InlineData(RawCall.Submit)]
    [InlineData(RawCall.Stream)]
    public async Task Message_OverTheLimit_IsRefused(string method)
    {
        var fault = await _raw.Post(method, RawCall.Frame(Message(method, Limit + 1)));

        Assert.Equal((StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE", null), (fault.Code, fault.Reason, fault.RetryAfter));
        Assert.Equal("2097152", fault.Metadata["limit_bytes"]);
    }

    [Theory]
    [InlineData(RawCall.Submit)]
    [InlineData(RawCall.Stream)]
    public async Task Message_AsLargeAsAllowed_IsRead(string method) =>
        Assert.Equal("STUDY_NOT_FOUND", (await _raw.Post(method, RawCall.Frame(Message(method, Limit)))).Reason);

    [Theory]
    [InlineData(RawCall.Submit)]
    [InlineData(RawCall.Stream)]
    public async Task LargeMessages_MoreAtOnceThanTheServerHolds_AreRefusedUntilOthersHaveEnded(string method)
    {
        var message = RawCall.Frame(Message(method, Limit));
        // Two that have not quite come leave no room for a third, and room for their ends.
        var slow = Enumerable.Range(0, 2).Select(_ => new PausedContent(message, pauseBefore: message.Length - 100)).ToList();
        var waiting = slow.ConvertAll(content => _raw.Post(method, content));
        var budget = small.Server.Services.GetRequiredService<MessageBudget>();
        await Eventually.True(() => budget.Held >= 2 * MessageBudget.Counted(message.Length - 100), "two have nearly come");
        var fault = await _raw.Post(method, message);
        var ofLittle = await _raw.Post(method, RawCall.Frame(Message(method, 1000)));

        slow.ForEach(content => content.GoOn());

        Assert.Equal((StatusCode.ResourceExhausted, "TOO_MANY_LARGE_MESSAGES", TimeSpan.FromSeconds(1)), (fault.Code, fault.Reason, fault.RetryAfter));
        Assert.Equal("STUDY_NOT_FOUND", ofLittle.Reason);
        Assert.All(await Task.WhenAll(waiting), ended => Assert.Equal("STUDY_NOT_FOUND", ended.Reason));
        Assert.Equal("STUDY_NOT_FOUND", (await _raw.Post(method, message)).Reason);
        await Eventually.True(() => budget.Held == 0, "all is given back");
    }

    [Fact]
    public async Task LargeMessages_OneAfterTheOtherOnAStream_AreAllRead()
    {
        // Ten times what the server holds at once.
        var trial = await Trial.Create(small.Server);
        using var call = small.Server.Ingestion.StreamResults();
        for (var number = 1UL; number <= 40; number++)
        {
            var request = trial.Batch(number, Trial.Alt(FormattableString.Invariant($"{number}"), new string('7', Limit - 1000)));
            await call.RequestStream.WriteAsync(request);
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(number, call.ResponseStream.Current.BatchNumber);
        }
    }

    [Theory]
    [InlineData("gzip", RawCall.Submit)]
    [InlineData("gzip", RawCall.Stream)]
    [InlineData("deflate", RawCall.Submit)]
    [InlineData("deflate", RawCall.Stream)]
    public async Task Compressed_MoreThanTheLimitUnpacked_IsRefused(string encoding, string method)
    {
        // Half of it cannot be compressed, so that the size is what it breaks and not the ratio.
        var message = Message(method, Limit + 1);
        new Random(1).NextBytes(message.AsSpan(message.Length / 2));

        var fault = await _raw.Post(method, RawCall.Frame(Compress(encoding, message), compressed: true), encoding);

        Assert.Equal((StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE", null), (fault.Code, fault.Reason, fault.RetryAfter));
    }

    [Theory]
    [InlineData("gzip", RawCall.Submit)]
    [InlineData("gzip", RawCall.Stream)]
    [InlineData("deflate", RawCall.Submit)]
    [InlineData("deflate", RawCall.Stream)]
    public async Task Compressed_MoreThanTheRatio_IsRefused(string encoding, string method)
    {
        var packed = Compress(encoding, Message(method, Limit));
        Assert.True(Limit / packed.Length > 100);

        var fault = await _raw.Post(method, RawCall.Frame(packed, compressed: true), encoding);

        Assert.Equal((StatusCode.ResourceExhausted, "COMPRESSION_RATIO_EXCEEDED", null), (fault.Code, fault.Reason, fault.RetryAfter));
    }

    [Theory]
    [InlineData("gzip", RawCall.Submit)]
    [InlineData("gzip", RawCall.Stream)]
    [InlineData("deflate", RawCall.Submit)]
    [InlineData("deflate", RawCall.Stream)]
    public async Task Compressed_UnderOneMegabyte_IsReadWhateverTheRatio(string encoding, string method)
    {
        var packed = Compress(encoding, Message(method, 1 << 20));
        Assert.True((1 << 20) / packed.Length > 100);

        Assert.Equal("STUDY_NOT_FOUND", (await _raw.Post(method, RawCall.Frame(packed, compressed: true), encoding)).Reason);
    }

    [Theory]
    [InlineData("gzip", RawCall.Submit)]
    [InlineData("gzip", RawCall.Stream)]
    [InlineData("deflate", RawCall.Submit)]
    [InlineData("deflate", RawCall.Stream)]
    public async Task Compressed_NotAsItsHeaderSays_IsUndecodable(string encoding, string method)
    {
        var whole = Compress(encoding, Message(method, 5000));

        foreach (var bad in new[] { Message(method, 100), whole[..(whole.Length / 2)], [.. whole[..12], 0xFF, 0xFF, .. whole[14..]] })
        {
            var fault = await _raw.Post(method, RawCall.Frame(bad, compressed: true), encoding);
            Assert.Equal((StatusCode.InvalidArgument, "MESSAGE_UNDECODABLE"), (fault.Code, fault.Reason));
        }
    }

    [Theory]
    [InlineData(RawCall.Submit)]
    [InlineData(RawCall.Stream)]
    public async Task Call_FramedWrongly_SaysWhyWithAReason(string method)
    {
        var message = Message(method, 100);

        await Is(StatusCode.Unimplemented, "ENCODING_UNKNOWN", RawCall.Frame(message, compressed: true), "br");
        await Is(StatusCode.InvalidArgument, "MESSAGE_UNDECODABLE", RawCall.Frame(message, compressed: true), null);
        await Is(StatusCode.InvalidArgument, "MESSAGE_UNDECODABLE", RawCall.Frame(message, length: 200), null);
        await Is(StatusCode.InvalidArgument, "MESSAGE_UNDECODABLE", [0, 0], null);
        await Is(StatusCode.InvalidArgument, "MESSAGE_UNDECODABLE", [7, .. RawCall.Frame(message)[1..]], null);

        async Task Is(StatusCode code, string reason, byte[] body, string? encoding)
        {
            var fault = await _raw.Post(method, body, encoding);
            Assert.Equal((code, reason), (fault.Code, fault.Reason));
        }
    }

    [Theory]
    [InlineData("/labserver.v1.IngestionService/Nothing")]
    [InlineData("/labserver.v1.NoService/Nothing")]
    public async Task Call_OfWhatThereIsNot_SaysSoWithAReason(string path)
    {
        var fault = await _raw.Post(path, RawCall.Frame([]));

        Assert.Equal((StatusCode.Unimplemented, "METHOD_UNKNOWN"), (fault.Code, fault.Reason));
    }

    // Of no study, so that being read shows in the answer; as long as asked for.
    private static byte[] Message(string method, int length)
    {
        var result = new LabResult { SourceResultId = "1", SubjectId = "01" };
        IMessage request = method == RawCall.Submit
            ? new SubmitResultsRequest { StudyId = "NO-STUDY", Laboratory = "L", Results = { result } }
            : new StreamResultsRequest { BatchNumber = 1, StudyId = "NO-STUDY", Laboratory = "L", Results = { result } };
        while (request.CalculateSize() < length)
        {
            result.ReportedValue = new string('7', result.ReportedValue.Length + Math.Max(1, length - request.CalculateSize() - 8));
        }

        Assert.Equal(length, request.CalculateSize());
        return request.ToByteArray();
    }

    private static byte[] Compress(string encoding, byte[] message)
    {
        using var output = new MemoryStream();
        using (Stream packer = encoding == "gzip" ? new GZipStream(output, CompressionLevel.Optimal, true) : new ZLibStream(output, CompressionLevel.Optimal, true))
        {
            packer.Write(message);
        }

        return output.ToArray();
    }
}

using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Ingestion;

/// <summary>Requests that are no messages.</summary>
public sealed class UndecodableMessageTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task SubmitResults_BytesThatAreNoMessage_AreRefused()
    {
        var call = server.Channel.CreateCallInvoker().AsyncUnaryCall(RawBytes.Submit, null, default, RawBytes.Garbage);

        await Refused.With(StatusCode.InvalidArgument, "MESSAGE_UNDECODABLE", call);
    }

    [Fact]
    public async Task StreamResults_BytesThatAreNoMessage_EndTheStreamAfterEarlierBatchesAreAcknowledged()
    {
        var trial = await Trial.Create(server);
        using var call = server.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(RawBytes.Stream, null, default);
        await call.RequestStream.WriteAsync(Google.Protobuf.MessageExtensions.ToByteArray(trial.Batch(1, Trial.Alt("r1", "30"))));
        await call.RequestStream.WriteAsync(RawBytes.Garbage);

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(1UL, StreamResultsResponse.Parser.ParseFrom(call.ResponseStream.Current).BatchNumber);
        await Refused.With(StatusCode.InvalidArgument, "MESSAGE_UNDECODABLE", () => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(1, (await trial.Counts()).Results);
    }
}

using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Ingestion;

public sealed class ServerStopTests
{
    private const int Size = 20;

    [Fact]
    public async Task StreamResults_ServerStopsWhileTheSenderIsSilent_SaysSoAndWhatWasAcknowledgedIsOnFile()
    {
        await using var server = await ServerFixture.Start();
        var trial = await Trial.Create(server);

        // A channel that the fixture does not close when it stops: the status must come from the server.
        using var channel = server.OpenChannel();
        using var call = new IngestionService.IngestionServiceClient(channel).StreamResults();
        for (var number = 1UL; number <= 5; number++)
        {
            await call.RequestStream.WriteAsync(Batch(trial, number));
        }

        var acknowledged = await Acknowledged(call, count: 5);

        var stopping = server.StopServer();
        var fault = await Refused.With(StatusCode.Unavailable, "SERVER_STOPPING", () => ReadOn(call, acknowledged));
        await stopping;
        await server.StartServer();

        Assert.NotNull(fault.RetryAfter);
        await AllOnFile(trial, acknowledged);
    }

    // What a sender still writes while the connection closes can cost it the status (the closing side resets a connection
    // with bytes it has not read), and its own gRPC library then says UNAVAILABLE or INTERNAL. Both mean: send again.
    [Fact]
    public async Task StreamResults_ServerStopsWhileTheSenderWrites_EndsAndWhatWasAcknowledgedIsOnFile()
    {
        await using var server = await ServerFixture.Start();
        var trial = await Trial.Create(server);
        using var channel = server.OpenChannel();
        using var call = new IngestionService.IngestionServiceClient(channel).StreamResults();
        await using var writing = new EndlessWriter(call.RequestStream, number => Batch(trial, number));
        var acknowledged = await Acknowledged(call, count: 5);

        var stopping = server.StopServer();
        var ended = await Assert.ThrowsAsync<RpcException>(() => ReadOn(call, acknowledged));
        await stopping;
        await server.StartServer();

        Assert.True(ended.StatusCode is StatusCode.Unavailable or StatusCode.Internal, ended.ToString());
        await AllOnFile(trial, acknowledged);
    }

    private static async Task<List<ulong>> Acknowledged(AsyncDuplexStreamingCall<StreamResultsRequest, StreamResultsResponse> call, int count)
    {
        var acknowledged = new List<ulong>();
        while (acknowledged.Count < count)
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            acknowledged.Add(call.ResponseStream.Current.BatchNumber);
        }

        return acknowledged;
    }

    private static async Task ReadOn(AsyncDuplexStreamingCall<StreamResultsRequest, StreamResultsResponse> call, List<ulong> acknowledged)
    {
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
        {
            acknowledged.Add(answer.BatchNumber);
        }
    }

    private static async Task AllOnFile(Trial trial, List<ulong> acknowledged)
    {
        var onFile = (await trial.AllResults()).CountBy(result => result.Result.SourceResultId.Split('-')[0]).ToDictionary();
        Assert.All(acknowledged, number => Assert.Equal(Size, onFile.GetValueOrDefault(FormattableString.Invariant($"b{number}"))));
    }

    private static StreamResultsRequest Batch(Trial trial, ulong number) =>
        trial.Batch(number, Trial.ManyAlt(FormattableString.Invariant($"b{number}-"), Size));
}

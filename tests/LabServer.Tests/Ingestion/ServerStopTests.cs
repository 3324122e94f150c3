using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Ingestion;

public sealed class ServerStopTests
{
    [Fact]
    public async Task StreamResults_ServerStopsMeanwhile_IsUnavailableAndWhatWasAcknowledgedIsOnFileAfterTheRestart()
    {
        const int Size = 20;
        await using var server = await ServerFixture.Start();
        var trial = await Trial.Create(server);

        // A channel that the fixture does not close when it stops: the status must come from the server.
        using var channel = server.OpenChannel();
        using var call = new IngestionService.IngestionServiceClient(channel).StreamResults();
        var acknowledged = new List<ulong>();
        var writing = Write(call.RequestStream, trial, Size);
        while (acknowledged.Count < 5)
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            acknowledged.Add(call.ResponseStream.Current.BatchNumber);
        }

        var stopping = server.StopServer();
        var fault = await Refused.With(StatusCode.Unavailable, "SERVER_STOPPING", async () =>
        {
            await foreach (var answer in call.ResponseStream.ReadAllAsync())
            {
                acknowledged.Add(answer.BatchNumber);
            }
        });
        await stopping;
        await writing;
        await server.StartServer();

        Assert.NotNull(fault.RetryAfter);
        var onFile = (await trial.AllResults()).CountBy(result => result.Result.SourceResultId.Split('-')[0]).ToDictionary();
        Assert.All(acknowledged, number => Assert.Equal(Size, onFile.GetValueOrDefault(FormattableString.Invariant($"b{number}"))));
    }

    private static async Task Write(IClientStreamWriter<StreamResultsRequest> requests, Trial trial, int size)
    {
        try
        {
            for (var number = 1UL; ; number++)
            {
                await requests.WriteAsync(trial.Batch(number, Trial.ManyAlt(FormattableString.Invariant($"b{number}-"), size)));
            }
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or IOException)
        {
            // The stream has ended; its status is what the test looks at.
        }
    }
}

using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Ingestion;

public sealed class KillTests
{
    private const string StudyId = "KILLED";
    private const int Size = 40;
    private const int Streams = 4;

    [Fact]
    public async Task StreamResults_ServerIsKilledWhileFourStreamsPush_EveryAcknowledgedResultIsOnFileExactlyOnce()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.Start(folder.Path);
        using (var channel = server.OpenChannel())
        {
            await new StudiesService.StudiesServiceClient(channel).CreateStudyAsync(new CreateStudyRequest { Study = new Study { StudyId = StudyId } });
        }

        var acknowledged = new HashSet<string>();
        foreach (var seed in new[] { 1, 2, 3 })
        {
            acknowledged.UnionWith(await PushUntilKilled(server, seed, acknowledgements: new Random(seed).Next(20, 120)));
            await server.Restart();

            var onFile = await OnFile(server);
            Assert.Equal(onFile.Count, onFile.Distinct().Count());
            Assert.Empty(acknowledged.Except(onFile));
        }
    }

    /// <summary>Pushes over four streams, kills the server at the given acknowledgement, and gives the ids of all that were acknowledged.</summary>
    private static async Task<List<string>> PushUntilKilled(ServerProcess server, int seed, int acknowledgements)
    {
        using var channel = server.OpenChannel();
        var client = new IngestionService.IngestionServiceClient(channel);
        var acknowledged = new List<string>();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pushing = Enumerable.Range(0, Streams).Select(stream => Task.Run(() => Push(client, $"{seed}-{stream}", ids =>
        {
            lock (acknowledged)
            {
                acknowledged.AddRange(ids);
                if (acknowledged.Count >= acknowledgements * Size)
                {
                    reached.TrySetResult();
                }
            }
        }))).ToList();

        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await server.Kill();
        await Task.WhenAll(pushing);
        return acknowledged;
    }

    private static async Task Push(IngestionService.IngestionServiceClient client, string prefix, Action<IEnumerable<string>> acknowledged)
    {
        using var call = client.StreamResults();
        var writing = Write(call.RequestStream, prefix);
        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var answer in call.ResponseStream.ReadAllAsync())
            {
                acknowledged(Batch(prefix, answer.BatchNumber).Select(result => result.SourceResultId));
            }
        });
        await writing;
    }

    private static async Task Write(IClientStreamWriter<StreamResultsRequest> requests, string prefix)
    {
        try
        {
            for (var number = 1UL; ; number++)
            {
                await requests.WriteAsync(new StreamResultsRequest
                {
                    BatchNumber = number,
                    StudyId = StudyId,
                    Laboratory = Trial.Laboratory,
                    Results = { Batch(prefix, number) },
                });
            }
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or IOException)
        {
            // The server is dead.
        }
    }

    private static IEnumerable<LabResult> Batch(string prefix, ulong number) =>
        Trial.ManyAlt(FormattableString.Invariant($"{prefix}-{number}-"), Size);

    private static async Task<List<string>> OnFile(ServerProcess server)
    {
        using var channel = server.OpenChannel();
        var client = new IngestionService.IngestionServiceClient(channel);
        var ids = new List<string>();
        var token = "";
        do
        {
            var page = await client.ListResultsAsync(new ListResultsRequest { StudyId = StudyId, PageSize = 1000, PageToken = token });
            ids.AddRange(page.Results.Select(result => result.Result.SourceResultId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return ids;
    }
}

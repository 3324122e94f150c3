using Grpc.Net.Client;
using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>Several senders push the same results over connections that break, each sending again what it has no answer for.</summary>
[Trait(Battery.Name, Battery.Value)]
public sealed class ResentResultsTests
{
    private const int Senders = 5;
    private const int BatchSize = 20;

    [Fact]
    public async Task Push_SameResultsFromFiveSendersOverBreakingConnections_AreStoredOnce()
    {
        var results = Battery.Size(inSuite: 500, whole: 10_000);
        await using var server = await ServerFixture.Start();
        var trial = await Trial.Create(server);
        await using var proxy = new CuttingProxy(server.GrpcAddress, Battery.Seed, least: 300, most: 3_000);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() => Send(server, proxy, trial, results, sender))));

        var stored = (await trial.AllResults()).Select(result => result.Result.SourceResultId).ToList();
        Assert.Equal(results, stored.Count);
        Assert.Equal(results, stored.Distinct().Count());
        Assert.True(proxy.Cuts > Senders, $"{proxy.Cuts} connections were cut");
        Assert.All(outcomes, outcome => Assert.Equal(results, outcome.Values.Sum()));
        Assert.All(outcomes, outcome => Assert.Empty(outcome.Keys.Except([Disposition.Held, Disposition.Duplicate])));
        Battery.Report(
            "the same results from 5 senders with dropped replies",
            $"{Senders} × the same {results} results, {proxy.Cuts} connections cut: {stored.Count} stored, {outcomes.Sum(outcome => outcome.GetValueOrDefault(Disposition.Duplicate))} answered as duplicates");
    }

    private static async Task<Dictionary<Disposition, int>> Send(ServerFixture server, CuttingProxy proxy, Trial trial, int results, int sender)
    {
        using var channel = GrpcChannel.ForAddress(
            proxy.Address, new GrpcChannelOptions { HttpHandler = new KeySender(server.AdminKey, new SocketsHttpHandler()), DisposeHttpClient = true });
        var pusher = new ResultPusher(
            new IngestionService.IngestionServiceClient(channel),
            new ResultPusherOptions { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(20) });
        // Each has them in another order, so that nobody is always first.
        var batches = Trial.ManyAlt("r", results).Chunk(BatchSize).ToArray();
        new Random(Battery.Seed + sender).Shuffle(batches);
        var outcomes = new Dictionary<Disposition, int>();
        await pusher.Push(
            batches.ToAsyncEnumerable().Select(batch => new ResultBatch(trial.StudyId, Trial.Laboratory, batch)),
            (_, outcome, _) =>
            {
                foreach (var disposition in outcome.Dispositions)
                {
                    outcomes[disposition] = outcomes.GetValueOrDefault(disposition) + 1;
                }

                return ValueTask.CompletedTask;
            },
            CancellationToken.None);
        return outcomes;
    }
}

using System.Diagnostics;
using Dapper;
using LabServer.Api.V1;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Tests.Ingestion;

[Trait(Battery.Name, Battery.Value)]
public sealed class KillTests
{
    private const string StudyId = "KILLED";
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

        var random = new Random(Battery.Seed);
        var kills = Battery.Size(inSuite: 10, whole: 200);
        var acknowledged = new HashSet<string>();
        var longest = TimeSpan.Zero;
        for (var kill = 1; kill <= kills; kill++)
        {
            acknowledged.UnionWith(await PushUntilKilled(server, kill, batches: random.Next(5, 60)));
            var watch = Stopwatch.StartNew();
            await server.Restart();
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;

            // All that was ever acknowledged, since a later recovery could lose what an earlier one had kept.
            using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "labserver.db")};Mode=ReadOnly;Pooling=False");
            var onFile = connection.Query<string>("SELECT source_result_id FROM result").AsList();
            Assert.True(onFile.Count == onFile.Distinct().Count(), $"kill {kill}: stored twice");
            Assert.True(acknowledged.IsSubsetOf(onFile), $"kill {kill}: lost {acknowledged.Except(onFile).Count()}");
            Assert.Equal("ok", connection.ExecuteScalar<string>("PRAGMA integrity_check"));
        }

        Battery.Report(
            "kill -9 during 4-stream ingest",
            $"{kills} kills, {acknowledged.Count} results acknowledged, 0 lost, 0 stored twice, integrity ok; serving again after {longest.TotalSeconds:0.0} s at most");
    }

    /// <summary>Pushes over four streams, kills the server at the given acknowledgement, and gives the ids of all that were acknowledged.</summary>
    private static async Task<IEnumerable<string>> PushUntilKilled(ServerProcess server, int kill, int batches)
    {
        using var channel = server.OpenChannel();
        var ingest = new StreamedIngest(StudyId, Streams, FormattableString.Invariant($"{kill}-"));
        var pushing = ingest.Run(channel);
        await ingest.Acknowledged(batches * StreamedIngest.BatchSize);
        await server.Kill();
        await pushing;
        Assert.Equal(Streams, ingest.Ends.Count);
        return ingest.AcknowledgedIds;
    }
}

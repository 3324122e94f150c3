using System.Diagnostics;
using Grpc.Core;
using LabServer.Api;
using LabServer.Api.Health;
using LabServer.Api.V1;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>The server is asked to stop while everything is under way.</summary>
[Trait(Battery.Name, Battery.Value)]
public sealed class OrderlyStopTests
{
    private const string StudyId = "LOADED";
    private const int Days = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Stop_UnderLoad_TellsEveryStreamKeepsWhatWasAcknowledgedAndEndsWithZeroInTime()
    {
        var (longest, acknowledged) = (TimeSpan.Zero, 0);
        foreach (var round in Enumerable.Range(1, Battery.Size(inSuite: 1, whole: 10)))
        {
            using var folder = new TemporaryFolder();
            await using var server = await ServerProcess.Start(folder.Path);
            var (took, kept) = await StopUnderLoad(server, subjects: Battery.Size(inSuite: 100, whole: 1000), round);
            (longest, acknowledged) = (took > longest ? took : longest, acknowledged + kept);
        }

        Battery.Report("orderly stop under load", $"{acknowledged} results acknowledged before the stops, 0 lost; longest stop {longest.TotalSeconds:0.0} s; exit code 0");
    }

    private static Task<RpcFault> IsTold(Task end) => Refused.With(StatusCode.Unavailable, "SERVER_STOPPING", () => end);

    private static async Task<(TimeSpan Took, int Acknowledged)> StopUnderLoad(ServerProcess server, int subjects, int round)
    {
        using var channel = server.OpenChannel();
        await SmallTrial.Push(channel, StudyId, subjects, Days);
        using var deaf = server.OpenChannel();
        using var unread = new SummariesService.SummariesServiceClient(deaf).ExportDataset(new ExportDatasetRequest { StudyId = StudyId, Dataset = Dataset.Lb });
        using var unreadWatch = new AdverseEventsService.AdverseEventsServiceClient(deaf).WatchAdverseEvents(new WatchAdverseEventsRequest { StudyId = StudyId });
        await unread.ResponseStream.MoveNext(CancellationToken.None);
        await unreadWatch.ResponseHeadersAsync;

        using var events = new AdverseEventsService.AdverseEventsServiceClient(channel).WatchAdverseEvents(
            new WatchAdverseEventsRequest { StudyId = StudyId, FromNow = true });
        using var health = new Api.Health.Health.HealthClient(channel).Watch(new HealthCheckRequest());
        var statuses = HeardStream<HealthCheckResponse.Types.ServingStatus>.Of(health.ResponseStream, response => response.Status);
        var jobs = new JobsService.JobsServiceClient(channel);
        var run = (await jobs.RunJobAsync(new RunJobRequest { Job = "grading-full", StudyId = StudyId })).Run;
        await jobs.RunJobAsync(new RunJobRequest { Job = "report", StudyId = StudyId });
        await jobs.RunJobAsync(new RunJobRequest { Job = "backup" });
        var ingest = new StreamedIngest(StudyId, streams: 4, prefix: $"stop{round}-");
        var ingesting = ingest.Run(channel);
        await ingest.Acknowledged(10 * StreamedIngest.BatchSize);
        using var watchedRun = jobs.WatchJobRun(new WatchJobRunRequest { RunId = run.RunId });
        var runs = HeardStream<JobRunState>.Of(watchedRun.ResponseStream, response => response.Run.State);
        var changes = HeardStream<string>.Of(events.ResponseStream, response => response.Cursor);
        await Eventually.True(() => statuses.Seen.Count > 0 && changes.Seen.Count > 0 && runs.Seen.Count > 0, "every stream is open");

        var watch = Stopwatch.StartNew();
        var exitCode = await server.Stop();
        watch.Stop();

        Assert.True(exitCode == 0, $"{exitCode}: {server.Output}");
        Assert.True(watch.Elapsed < Limit, $"{watch.Elapsed} to stop");
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, statuses.Seen[^1]);
        await IsTold(statuses.End);
        await IsTold(changes.End);
        if (runs.Seen[^1] is not JobRunState.Succeeded)
        {
            await IsTold(runs.End);
        }

        await ingesting;
        Assert.All(ingest.Ends, end => Assert.True(end.StatusCode is StatusCode.Unavailable or StatusCode.Internal, end.ToString()));
        await server.Restart();
        using var again = server.OpenChannel();
        var onFile = await StreamedIngest.OnFile(again, StudyId);
        Assert.Equal(onFile.Count, onFile.Distinct().Count());
        Assert.Empty(ingest.AcknowledgedIds.Except(onFile));
        return (watch.Elapsed, ingest.AcknowledgedIds.Count);
    }
}

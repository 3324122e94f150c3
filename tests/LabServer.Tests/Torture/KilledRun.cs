using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>
/// A run of a job on a copy of a prepared data folder: undisturbed, or killed when it has written a share of what it writes
/// undisturbed, and then started again until everything is done.
/// </summary>
internal sealed class KilledRun(string prepared, string job, string studyId)
{
    private static readonly Dictionary<string, string> NothingByItself = new()
    {
        ["LABSERVER__JOBS__INCREMENTALINTERVAL"] = "00:00:00",
        ["LABSERVER__BACKUPS__CRON"] = "",
    };

    /// <summary>Fills a folder with what <paramref name="push"/> sends, grades nothing and ends the server in good order.</summary>
    public static async Task Prepare(string folder, Func<ServerProcess, Task> push)
    {
        await using var server = await ServerProcess.Start(folder, NothingByItself);
        await push(server);
        Assert.Equal(0, await server.Stop());
    }

    /// <summary>Runs it to its end in <paramref name="folder"/> and gives the bytes that it wrote on the way.</summary>
    public async Task<long> Undisturbed(string folder)
    {
        Copy(folder);
        await using var server = await ServerProcess.Start(folder, NothingByItself);
        var before = Written(folder);
        await Finish(server, await Begin(server));
        var written = Written(folder) - before;
        Assert.Equal(0, await server.Stop());
        return written;
    }

    /// <summary>Kills the server when the run has written so many bytes, or has ended, and lets the next server finish it.</summary>
    /// <returns>Whether the run was under way when it was killed.</returns>
    public async Task<bool> Killed(string folder, long bytes)
    {
        Copy(folder);
        await using var server = await ServerProcess.Start(folder, NothingByItself);
        var before = Written(folder);
        var runId = await Begin(server);
        bool ended;
        using (var channel = server.OpenChannel())
        {
            var runs = HeardStream<JobRun>.Of(
                new JobsService.JobsServiceClient(channel).WatchJobRun(new WatchJobRunRequest { RunId = runId }).ResponseStream, response => response.Run);
            await Eventually.True(() => runs.End.IsCompleted || Written(folder) - before >= bytes, "the run has written its share");
            ended = runs.End.IsCompleted;
        }

        await server.Kill();
        await server.Restart();
        await Finish(server, runId);
        Assert.Equal(0, await server.Stop());
        return !ended;
    }

    private async Task<string> Begin(ServerProcess server)
    {
        using var channel = server.OpenChannel();
        return (await new JobsService.JobsServiceClient(channel).RunJobAsync(new RunJobRequest { Job = job, StudyId = studyId })).Run.RunId;
    }

    // The run, or the one that takes it up after a kill, succeeds, and none is left.
    private async Task Finish(ServerProcess server, string runId)
    {
        using var channel = server.OpenChannel();
        var client = new JobsService.JobsServiceClient(channel);
        await Eventually.True(
            async () =>
            {
                var runs = (await client.ListJobRunsAsync(new ListJobRunsRequest { Job = job })).Runs;
                Assert.DoesNotContain(runs, run => run.State == JobRunState.Failed);
                return runs.All(run => run.EndedAt is not null)
                    && runs.Any(run => run.State == JobRunState.Succeeded && (run.RunId == runId || run.Trigger == JobTrigger.Recovered));
            },
            $"{job} is done",
            TimeSpan.FromMinutes(2));
    }

    private void Copy(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(prepared))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }
    }

    private static long Written(string folder) => new DirectoryInfo(folder).EnumerateFiles("labserver*", SearchOption.AllDirectories).Sum(Length);

    private static long Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            // Gone since it was listed: the log of a closed database, a partial backup.
            return 0;
        }
    }
}

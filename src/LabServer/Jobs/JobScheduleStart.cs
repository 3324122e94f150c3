using LabServer.Core.Storage;
using LabServer.Hosting;

namespace LabServer.Jobs;

/// <summary>Puts history and schedule in order before the first job of this process can fire.</summary>
internal sealed class JobScheduleStart(
    JobSchedule schedule, JobRunStore runs, Dialect dialect, DataFolder folder, ILogger<JobScheduleStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var interrupted = await runs.MarkInterrupted(cancellationToken);
        if (interrupted > 0)
        {
            logger.RunsInterrupted(interrupted);
        }

        await StorageRefusal.Guard(
            dialect, folder.QuartzFile, "the schedule", "move it away, it is made again from the studies", () => Schedule(cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Schedule(CancellationToken cancellation)
    {
        await schedule.ScheduleAll(cancellation);
        // A run is queued in one database and fired in another: the server may have been killed in between.
        foreach (var run in runs.Queued())
        {
            if (JobNames.Describe(run.Job) is null)
            {
                // Of another version of the program, or of another hand: it must not keep the server from starting.
                logger.JobUnknown(run.RunId, run.Job);
                await runs.End(run.RunId, JobRunState.Failed, default, "there is no such job", cancellation);
                continue;
            }

            await schedule.Fire(run, cancellation);
        }
    }
}

using LabServer.Core.Storage;
using LabServer.Hosting;

namespace LabServer.Jobs;

/// <summary>Puts history and schedule in order before the first job of this process can fire.</summary>
internal sealed class JobScheduleStart(
    JobSchedule schedule, QueuedRuns queued, JobRunStore runs, Dialect dialect, DataFolder folder, ILogger<JobScheduleStart> logger) : IHostedService
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
        await queued.Fire(long.MaxValue, cancellation);
    }
}

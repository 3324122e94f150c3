using LabServer.Core.Storage;

namespace LabServer.Jobs;

/// <summary>Puts history and schedule in order before the first job of this process can fire.</summary>
internal sealed class JobScheduleStart(JobSchedule schedule, JobRunStore runs, ILogger<JobScheduleStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var interrupted = await runs.MarkInterrupted(cancellationToken);
        if (interrupted > 0)
        {
            logger.RunsInterrupted(interrupted);
        }

        await schedule.ScheduleAll(cancellationToken);
        // A run is queued in one database and fired in another: the server may have been killed in between.
        foreach (var run in runs.Queued())
        {
            await schedule.Fire(run, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

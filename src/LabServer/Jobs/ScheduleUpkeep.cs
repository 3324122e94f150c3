using LabServer.Core;
using LabServer.Core.Storage;

namespace LabServer.Jobs;

/// <summary>
/// Where several servers share the database: does from time to time what a server that is alone does when it starts, as others may have
/// died between a change and what was to follow it.
/// </summary>
internal sealed class ScheduleUpkeep(
    JobSchedule schedule, QueuedRuns queued, Dialect dialect, ServerLease lease, TimeProvider time, ILogger<ScheduleUpkeep> logger)
    : BackgroundService
{
    // Of nightly jobs, each of which is looked up.
    private static readonly TimeSpan BetweenReconciliations = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!dialect.IsShared)
        {
            return;
        }

        var reconciled = time.GetTimestamp();
        using var timer = new PeriodicTimer(lease.Length, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // Who queued one later than this may be about to fire it.
                await queued.Fire(Clock.NowUs(time) - (long)lease.Length.TotalMicroseconds, stoppingToken);
                if (time.GetElapsedTime(reconciled) >= BetweenReconciliations)
                {
                    reconciled = time.GetTimestamp();
                    await Reconcile(stoppingToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.UpkeepFailed(exception);
            }
        }
    }

    /// <summary>
    /// Schedules what a server did not come to schedule, and puts right what one that was starting has scheduled by an older cron. Servers
    /// on a file have a schedule each: there the nightly jobs are left to those who have them.
    /// </summary>
    internal Task Reconcile(CancellationToken cancellation) => dialect.IsFile ? Task.CompletedTask : schedule.ScheduleStudies(cancellation);
}

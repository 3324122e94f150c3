using LabServer.Core;
using LabServer.Core.Storage;

namespace LabServer.Jobs;

/// <summary>
/// Where several servers share the database: does from time to time what a server that is alone does when it starts, as others may have
/// died between a change and what was to follow it.
/// </summary>
internal sealed class ScheduleUpkeep(QueuedRuns queued, Dialect dialect, ServerLease lease, TimeProvider time, ILogger<ScheduleUpkeep> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!dialect.IsShared)
        {
            return;
        }

        using var timer = new PeriodicTimer(lease.Length, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // Who queued one later than this may be about to fire it.
                await queued.Fire(Clock.NowUs(time) - (long)lease.Length.TotalMicroseconds, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.UpkeepFailed(exception);
            }
        }
    }
}

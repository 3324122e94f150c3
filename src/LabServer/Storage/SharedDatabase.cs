using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Jobs;

namespace LabServer.Storage;

/// <summary>
/// This process among those that share the database: says that it lives, notices who does not any more, and what others have changed:
/// copies in memory are read again, and those who watch events or runs are woken. Where the database is nobody else's, it enters and
/// leaves and does nothing in between.
/// </summary>
internal sealed class SharedDatabase(
    Database database, ServerLease lease, GradingRun grading, EventLog events, JobRunStore runs, JobRunChanges changes, TimeProvider time,
    ILogger<SharedDatabase> logger) : BackgroundService
{
    // What a watcher waits for at most, beside the time that its change took to be made on the other server.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await lease.Begin(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await lease.End(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The lease then ends by itself.
            logger.LeaseNotEnded(exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.Dialect.IsShared)
        {
            return;
        }

        var last = events.Last();
        var renewed = time.GetTimestamp();
        using var timer = new PeriodicTimer(BetweenLooks, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                database.RefreshCopies();
                last = RingFrom(last);
                changes.Announce();
                if (time.GetElapsedTime(renewed) >= lease.Length / 3)
                {
                    renewed = time.GetTimestamp();
                    await Renew(stoppingToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A database that does not answer now is asked again; until then others take this server for dead, as they must.
                logger.SharedLookFailed(exception);
            }
        }
    }

    private long RingFrom(long last)
    {
        var now = events.Last();
        if (now != last)
        {
            events.Ring();
        }

        return now;
    }

    private async Task Renew(CancellationToken cancellation)
    {
        await lease.Renew(() => grading.IsRunning, cancellation);
        if (await runs.MarkInterrupted(cancellation) is > 0 and var interrupted)
        {
            logger.RunsTakenOver(interrupted);
        }
    }
}

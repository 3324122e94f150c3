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
    IHostApplicationLifetime lifetime, ILogger<SharedDatabase> logger) : BackgroundService
{
    // What a watcher waits for at most, beside the time that its change took to be made on the other server.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private const int MostTries = 20;

    // The last event that watchers were woken for; the first look wakes them once too often.
    private long _last;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Begin(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await lease.End(cancellationToken);
        }
        catch (Exception exception)
        {
            // The lease then ends by itself; out of time, too.
            logger.LeaseNotEnded(exception);
        }
    }

    // Others may be at their start, too, and make the schema; each try has waited for the lock for seconds.
    private async Task Begin(CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await lease.Begin(cancellation);
                return;
            }
            catch (Exception exception) when (database.Dialect.IsShared && tries < MostTries && database.Dialect.FaultOf(exception) == StorageFault.Busy)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    // Two loops: a sign of life waits for the writer, and nobody waits with it to hear that a key was revoked.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => database.Dialect.IsShared
        ? Task.WhenAll(
            Repeat(BetweenLooks, LookForChanges, stoppingToken),
            Repeat(lease.Length / 3, Renew, stoppingToken))
        : Task.CompletedTask;

    private async Task Repeat(TimeSpan every, Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        string? told = null;
        using var timer = new PeriodicTimer(every, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await work(stopping);
                told = null;
            }
            catch (LostCommitsException exception)
            {
                // What is in memory is not true of this database: whoever supervises the process starts it anew.
                logger.CommitsLost(exception);
                lifetime.StopApplication();
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // It is tried again; until a lease can be renewed others take this server for dead, as they must. The same is told once.
                if (told != exception.Message)
                {
                    told = exception.Message;
                    logger.SharedLookFailed(exception);
                }
            }
        }
    }

    private Task LookForChanges(CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        try
        {
            database.RefreshCopies();
        }
        finally
        {
            // Those who watch need no copy.
            _last = RingFrom(_last);
            changes.Announce();
        }

        return Task.CompletedTask;
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

using LabServer.Core.Grading;
using LabServer.Core.Storage;
using Microsoft.Extensions.Options;

namespace LabServer.Jobs;

/// <summary>
/// Where several servers share the database the schedule fires a grading run on one of them at a time. The others look as often
/// whether there is anything pending that no living server has, new results too, and take their part of it as a run of their own.
/// </summary>
internal sealed class GradingHelper(
    Database database, SeriesStore series, ServerLease lease, GradingRun grading, JobRunRecorder recorder, IOptions<JobsOptions> options,
    TimeProvider time, ILogger<GradingHelper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = options.Value.IncrementalInterval;
        if (!database.Dialect.IsShared || interval == TimeSpan.Zero)
        {
            return;
        }

        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Help(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The next look finds what is still pending.
                logger.HelpFailed(exception);
            }
        }
    }

    private async Task Help(CancellationToken stopping)
    {
        if (!grading.IsRunning && series.HasUnclaimed(lease.ServerId))
        {
            await recorder.Record(
                JobNames.GradingIncremental,
                new JobFiring("", "", JobTrigger.Scheduled),
                progress => grading.RunIncremental(null, progress, stopping),
                stopping);
        }
    }
}

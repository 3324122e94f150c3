using LabServer.Core.Storage;

namespace LabServer.Jobs;

/// <summary>
/// Runs that wait although nobody may be going to fire them: one is queued in a transaction and then fired, and its server may have
/// died in between.
/// </summary>
internal sealed class QueuedRuns(JobSchedule schedule, JobRunStore runs, JobRunRecorder recorder, ILogger<QueuedRuns> logger)
{
    /// <summary>Fires those that were queued before a moment. One that is fired twice runs once: who comes second finds it started.</summary>
    public async Task Fire(long beforeUs, CancellationToken cancellation)
    {
        foreach (var run in runs.Queued().Where(run => run.QueuedUs < beforeUs))
        {
            if (JobNames.Describe(run.Job) is null)
            {
                // Of another version of the program, or of another hand: it must not keep the server from starting.
                logger.JobUnknown(run.RunId, run.Job);
                await recorder.Fail(run, "there is no such job", cancellation);
                continue;
            }

            await schedule.Fire(run, cancellation);
        }
    }
}

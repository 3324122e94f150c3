using System.Data.Common;
using LabServer.Core.Backups;
using LabServer.Core.Grading;
using LabServer.Core.Storage;

namespace LabServer.Jobs;

/// <summary>Keeps the run history while a job does its work, and wakes those who watch.</summary>
internal sealed class JobRunRecorder(
    JobRunStore runs, JobRunChanges changes, LatestRuns latest, JobMetrics metrics, StorageWait storage, TimeProvider time,
    ILogger<JobRunRecorder> logger)
{
    // Each note is a durable commit; a progress bar needs no more.
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Does <paramref name="work"/> as a run. A failure is recorded and not passed on: the next run takes up the rest. A run
    /// that the database refuses (disk full, locked, …) waits until it can be written, and is done again from its beginning.
    /// </summary>
    /// <exception cref="OperationCanceledException">The server stops; the schedule fires the job again at the next start.</exception>
    public Task Record(
        string job, JobFiring firing, Func<Action<GradingCounts>, Task<GradingCounts>> work, CancellationToken cancellation) =>
        Record(job, firing, (_, progress) => work(progress), cancellation);

    /// <inheritdoc cref="Record(string, JobFiring, Func{Action{GradingCounts}, Task{GradingCounts}}, CancellationToken)"/>
    /// <remarks>The work is told the id of its run.</remarks>
    public async Task Record(
        string job, JobFiring firing, Func<string, Action<GradingCounts>, Task<GradingCounts>> work, CancellationToken cancellation)
    {
        // A try that failed may have been written all the same: the next one has to find its run, and not to make another.
        var (newId, tries) = (runs.NewId(), 0);
        var runId = await storage.Until(() => Begin(job, firing, newId, isAgain: tries++ > 0), job, cancellation);
        if (runId is null)
        {
            logger.FiredTwice(job, firing.RunId);
            return;
        }

        var began = time.GetTimestamp();
        changes.Announce();
        logger.RunStarted(job, runId, firing.StudyId, firing.Trigger);
        var counts = new LatestCounts();
        using var finished = new CancellationTokenSource();
        var notes = NoteProgress(runId, counts, finished.Token);
        var (state, failure) = (JobRunState.Succeeded, "");
        try
        {
            counts.Value = await storage.Again(
                () => work(runId, progress => counts.Value = progress), () => runs.Progress(runId, default, cancellation), job, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            state = JobRunState.Interrupted;
            throw;
        }
        catch (Exception exception)
        {
            (state, failure) = (JobRunState.Failed, FailureOf(exception, runId));
            logger.RunFailed(exception, job, runId, firing.StudyId);
        }
        finally
        {
            await finished.CancelAsync();
            await notes;
            await End(job, runId, state, counts.Value, failure, cancellation);
            var duration = time.GetElapsedTime(began);
            metrics.Ended(job, state, duration);
            logger.RunEnded(job, runId, state, duration, counts.Value.Series, counts.Value.Differences);
        }
    }

    /// <summary>Ends a run that no job is going to do.</summary>
    public Task Fail(JobRun run, string failure, CancellationToken cancellation) =>
        Announced(() => runs.End(run.RunId, JobRunState.Failed, default, failure, cancellation));

    // A stop does not wait for the database: the next start marks what has no end.
    private async Task End(string job, string runId, JobRunState state, GradingCounts counts, string failure, CancellationToken cancellation)
    {
        try
        {
            await Announced(() => storage.Until(() => runs.End(runId, state, counts, failure, CancellationToken.None), job, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            logger.EndNotNoted(runId);
        }
    }

    // Also where it is not known whether the end is written: who watches looks for it.
    private async Task Announced(Func<Task> end)
    {
        try
        {
            await end();
        }
        finally
        {
            latest.NoteEnd();
            changes.Announce();
        }
    }

    /// <summary>Writes that a run begins, and returns its id; null: the run that was asked for has had its firing.</summary>
    internal async Task<string?> Begin(string job, JobFiring firing, string newId, bool isAgain)
    {
        if (firing.RunId.Length > 0)
        {
            if (await runs.Start(firing.RunId, isAgain, CancellationToken.None))
            {
                return firing.RunId;
            }

            // A queued run that is not there any more was lost with the database it was in; the work is done all the same.
            if (runs.Find(firing.RunId) is { } found && !(firing.Trigger == JobTrigger.Recovered && MayBeUnfinished(found)))
            {
                return null;
            }
        }

        return (await runs.Begin(newId, job, firing.StudyId, firing.Trigger, CancellationToken.None)).RunId;
    }

    // Of a server that is dead, although it may not be marked so yet.
    private static bool MayBeUnfinished(JobRun run) => run.State is JobRunState.Running or JobRunState.Interrupted;

    private async Task NoteProgress(string runId, LatestCounts counts, CancellationToken finished)
    {
        using var timer = new PeriodicTimer(BetweenNotes);
        var noted = default(GradingCounts);
        try
        {
            while (await timer.WaitForNextTickAsync(finished))
            {
                var now = counts.Value;
                if (now != noted && await TryNote(runId, now, finished))
                {
                    noted = now;
                    changes.Announce();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended; its end has the last figures.
        }
    }

    private async Task<bool> TryNote(string runId, GradingCounts counts, CancellationToken finished)
    {
        try
        {
            await runs.Progress(runId, counts, finished);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it was, the run's end has to be written.
            logger.ProgressNotNoted(exception, runId);
            return false;
        }
    }

    // Messages of our own and of the database name files, rule sets and keys; any other may quote a subject's value.
    private static string FailureOf(Exception exception, string runId) => exception is DbException or SchemaException or RuleSetException or BackupException
        ? exception.Message
        : $"{exception.GetType().Name}: the server's log has the cause under run {runId}.";

    /// <summary>Counts that the job's thread writes and the notes read, whole.</summary>
    private sealed class LatestCounts
    {
        private readonly Lock _gate = new();
        private GradingCounts _value;

        public GradingCounts Value
        {
            get
            {
                lock (_gate)
                {
                    return _value;
                }
            }

            set
            {
                lock (_gate)
                {
                    _value = value;
                }
            }
        }
    }
}

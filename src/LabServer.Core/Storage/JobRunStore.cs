using Dapper;
using LabServer.Core.Audit;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Run history of the scheduled jobs. A run that has ended is never changed again.</summary>
public sealed class JobRunStore(Database database, ServerLease server, TimeProvider time)
{
    private const string SelectColumns = """
        SELECT run_key AS RunKey, run_id AS RunId, job AS Job, study_id AS StudyId, "trigger" AS "Trigger", state AS State,
               queued_us AS QueuedUs, started_us AS StartedUs, ended_us AS EndedUs, results AS Results,
               series_total AS SeriesTotal, series AS Series, grades AS Grades, events AS Events,
               differences AS Differences, failure AS Failure, steps AS Steps, steps_total AS StepsTotal
        FROM job_run
        """;

    private const string SelectOne = SelectColumns + " WHERE run_id = @runId";

    private const string SelectPage = SelectColumns + """
         WHERE run_key < @before AND (@job = '' OR job = @job) AND (@studyId = '' OR study_id = @studyId)
          AND (@studies = '' OR REPLACE(@studies, CONCAT(CHAR(31), study_id, CHAR(31)), '') <> @studies)
        ORDER BY run_key DESC
        """;

    private const string SelectQueued = SelectColumns + " WHERE ended_us IS NULL AND state = @queued ORDER BY run_key";

    private const string SelectOrphaned = SelectColumns + """
         WHERE ended_us IS NULL AND state = @running AND NOT EXISTS (SELECT 1 FROM server s WHERE s.server_id = job_run.server_id)
        ORDER BY run_key
        """;

    private const string SelectLastEnded = SelectColumns + """
         WHERE run_key IN (SELECT MAX(run_key) FROM job_run WHERE state IN (@succeeded, @failed) GROUP BY job, study_id)
        ORDER BY run_key
        """;

    private const string SelectSettled = """
        SELECT COALESCE((SELECT MIN(run_key) - 1 FROM job_run WHERE ended_us IS NULL), (SELECT MAX(run_key) FROM job_run), 0)
        """;

    private const string SelectAfter = SelectColumns + " WHERE run_key > @after ORDER BY run_key";

    private const string InsertRun = """
        INSERT INTO job_run (run_id, job, study_id, "trigger", state, queued_us, started_us, ended_us,
                             results, series, series_total, grades, events, differences, failure, server_id)
        VALUES (@RunId, @Job, @StudyId, @trigger, @state, @now, @StartedUs, NULL, 0, 0, 0, 0, 0, 0, '', @ServerId)
        """;

    private const string UpdateStarted = """
        UPDATE job_run SET state = @running, started_us = @now, server_id = @ServerId
        WHERE run_id = @runId AND (state = @queued OR (@isAgain = 1 AND state = @running AND server_id = @ServerId))
        """;

    private const string UpdateCounts = """
        UPDATE job_run SET results = @Results, series_total = @SeriesTotal, series = @Series, grades = @Grades,
                           events = @Events, differences = @Differences, steps = @Steps, steps_total = @StepsTotal
        WHERE run_id = @runId AND ended_us IS NULL
        """;

    private const string UpdateEnded =
        "UPDATE job_run SET state = @state, ended_us = @now, failure = @failure WHERE run_id = @runId AND ended_us IS NULL";

    private const string UpdateInterrupted =
        "UPDATE job_run SET state = @interrupted, ended_us = @now WHERE run_key = @RunKey";

    /// <summary>Id of a run that is to be written.</summary>
    public string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    /// <summary>Writes a run that has been asked for and waits.</summary>
    public Task<JobRun> Queue(string job, string studyId, JobTrigger trigger, Author by, CancellationToken cancellation) =>
        Insert(NewId(), job, studyId, trigger, JobRunState.Queued, by, cancellation);

    /// <summary>Writes a run that starts at this moment; once only, for who asks again because nobody knows whether it was written.</summary>
    public Task<JobRun> Begin(string runId, string job, string studyId, JobTrigger trigger, CancellationToken cancellation) =>
        Insert(runId, job, studyId, trigger, JobRunState.Running, Author.Server, cancellation);

    /// <summary>Starts a queued run. False: it is not there, or not queued any more.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="isAgain">Nobody knows whether the last try was written: that this server has started it is as good.</param>
    /// <param name="cancellation">Gives up waiting for the writer.</param>
    public Task<bool> Start(string runId, bool isAgain, CancellationToken cancellation) =>
        database.Writer.Run(
            session => session.Connection.Execute(
                UpdateStarted,
                new
                {
                    runId,
                    isAgain = isAgain ? 1 : 0,
                    now = Clock.NowUs(time),
                    running = (int)JobRunState.Running,
                    queued = (int)JobRunState.Queued,
                    server.ServerId,
                },
                session.Transaction) == 1,
            rows: 1,
            cancellation);

    /// <summary>Notes how far a run has come. Of no effect once it has ended.</summary>
    public Task Progress(string runId, GradingCounts counts, CancellationToken cancellation) =>
        database.Writer.Run(session => WriteCounts(session, runId, counts), rows: 1, cancellation);

    /// <summary>Ends a run. Of no effect when it had ended before.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="state">Succeeded, failed or interrupted.</param>
    /// <param name="counts">What it has done.</param>
    /// <param name="failure">What went wrong, without any subject's values; empty for nothing.</param>
    /// <param name="cancellation">Gives up waiting for the writer.</param>
    public Task End(string runId, JobRunState state, GradingCounts counts, string failure, CancellationToken cancellation) =>
        database.Writer.Run(
            session =>
            {
                WriteCounts(session, runId, counts);
                if (session.Connection.Execute(
                    UpdateEnded, new { runId, state = (int)state, now = Clock.NowUs(time), failure }, session.Transaction) == 1)
                {
                    NoteEnd(session, session.Connection.QuerySingle<Row>(SelectOne, new { runId }, session.Transaction).ToRun());
                }
            },
            rows: 2,
            cancellation);

    /// <summary>Marks the runs of servers that are not there any more as interrupted, and returns how many there were.</summary>
    public Task<int> MarkInterrupted(CancellationToken cancellation) =>
        database.Writer.RunUrgent(
            session =>
            {
                var left = session.Connection.Query<Row>(SelectOrphaned, new { running = (int)JobRunState.Running }, session.Transaction).AsList();
                foreach (var row in left)
                {
                    session.Connection.Execute(
                        UpdateInterrupted,
                        new { now = Clock.NowUs(time), interrupted = (int)JobRunState.Interrupted, row.RunKey },
                        session.Transaction);
                    NoteEnd(session, row.ToRun() with { State = JobRunState.Interrupted });
                }

                return left.Count;
            },
            cancellation);

    /// <summary>The run, or null when there is none.</summary>
    public JobRun? Find(string runId)
    {
        using var connection = database.Read();
        return connection.QuerySingleOrDefault<Row>(SelectOne, new { runId })?.ToRun();
    }

    /// <summary>The runs that wait, oldest first.</summary>
    public IReadOnlyList<JobRun> Queued()
    {
        using var connection = database.Read();
        return [.. connection.Query<Row>(SelectQueued, new { queued = (int)JobRunState.Queued }).Select(row => row.ToRun())];
    }

    /// <summary>Of each job and study, the last run that succeeded or failed. Reads the whole history.</summary>
    public IReadOnlyList<JobRun> LastEnded()
    {
        using var connection = database.Read();
        var states = new { succeeded = (int)JobRunState.Succeeded, failed = (int)JobRunState.Failed };
        return [.. connection.Query<Row>(SelectLastEnded, states).Select(row => row.ToRun())];
    }

    /// <summary>The key up to which all runs have ended, so that nothing of them will change.</summary>
    public long Settled()
    {
        using var connection = database.Read();
        return connection.ExecuteScalar<long>(SelectSettled);
    }

    /// <summary>The runs with greater keys than this, oldest first.</summary>
    public IReadOnlyList<JobRun> After(long key)
    {
        using var connection = database.Read();
        return [.. connection.Query<Row>(SelectAfter, new { after = key }).Select(row => row.ToRun())];
    }

    /// <summary>Up to <paramref name="take"/> runs, newest first.</summary>
    /// <param name="job">Only this job; empty: all.</param>
    /// <param name="studyId">Only this study; empty: all.</param>
    /// <param name="before">Only runs with a smaller key than this: <see cref="long.MaxValue"/> for the first page.</param>
    /// <param name="take">At most this many.</param>
    /// <param name="scope">Only runs of these studies; null: of all.</param>
    public IReadOnlyList<JobRun> List(string job, string studyId, long before, int take, IReadOnlySet<string>? scope = null)
    {
        using var connection = database.Read();
        return [.. connection.Query<Row>(
                database.Dialect.TakeFirst(SelectPage), new { job, studyId, before, Take = take, studies = ScopeText.Of(scope) })
            .Select(row => row.ToRun())];
    }

    private async Task<JobRun> Insert(
        string runId, string job, string studyId, JobTrigger trigger, JobRunState state, Author by, CancellationToken cancellation)
    {
        var now = Clock.NowUs(time);
        var run = new JobRun
        {
            RunId = runId,
            Job = job,
            StudyId = studyId,
            Trigger = trigger,
            State = state,
            QueuedUs = now,
            StartedUs = state == JobRunState.Running ? now : null,
        };
        var key = await database.Writer.Run(
            session =>
            {
                if (session.Connection.QuerySingleOrDefault<Row>(SelectOne, new { runId }, session.Transaction) is { } written)
                {
                    return written.RunKey;
                }

                session.Connection.Execute(
                    InsertRun,
                    new { run.RunId, run.Job, run.StudyId, trigger = (int)trigger, state = (int)state, now, run.StartedUs, server.ServerId },
                    session.Transaction);
                var inserted = session.LastInsertedKey();
                if (state == JobRunState.Queued)
                {
                    AuditTrail.Append(session, AuditEntry.Of(by, AuditAction.JobRequested, studyId, job) with
                    {
                        After = AuditJson.Write(new { run.RunId, run.Job }),
                    });
                }

                return inserted;
            },
            rows: 1,
            cancellation).ConfigureAwait(false);
        return run with { RunKey = key };
    }

    private static void NoteEnd(WriteSession session, JobRun run) =>
        AuditTrail.Append(session, AuditEntry.Of(Author.Server, AuditAction.JobEnded, run.StudyId, run.Job) with
        {
            After = AuditJson.Write(new { run.RunId, run.Trigger, run.State, run.Counts, run.Failure }),
        });

    private static void WriteCounts(WriteSession session, string runId, GradingCounts counts) => session.Connection.Execute(
        UpdateCounts,
        new
        {
            runId,
            counts.Results,
            counts.SeriesTotal,
            counts.Series,
            counts.Grades,
            counts.Events,
            counts.Differences,
            counts.Steps,
            counts.StepsTotal,
        },
        session.Transaction);

    private sealed record Row(
        long RunKey,
        string RunId,
        string Job,
        string StudyId,
        long Trigger,
        long State,
        long QueuedUs,
        long? StartedUs,
        long? EndedUs,
        long Results,
        long SeriesTotal,
        long Series,
        long Grades,
        long Events,
        long Differences,
        string Failure,
        long Steps,
        long StepsTotal)
    {
        public JobRun ToRun() => new()
        {
            RunKey = RunKey,
            RunId = RunId,
            Job = Job,
            StudyId = StudyId,
            Trigger = (JobTrigger)Trigger,
            State = (JobRunState)State,
            QueuedUs = QueuedUs,
            StartedUs = StartedUs,
            EndedUs = EndedUs,
            Counts = new GradingCounts(Results, SeriesTotal, Series, Grades, Events, Differences, Steps, StepsTotal),
            Failure = Failure,
        };
    }
}

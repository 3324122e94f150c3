using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>The log of everything that happens to events, and the bell for those who watch it.</summary>
public sealed class EventLog(Database database, TimeProvider time)
{
    private const string InsertChange = """
        INSERT INTO event_change (study_key, event_id, rule_set_id, kind, grade, at_us, cause, made_by, snapshot)
        VALUES (@study_key, @event_id, @rule_set_id, @kind, @grade, @at_us, @cause, @made_by, @snapshot)
        """;

    private const string SelectAfter = """
        SELECT change_key AS ChangeKey, kind AS Kind, at_us AS AtUs, cause AS Cause, made_by AS MadeBy, snapshot AS Snapshot
        FROM event_change
        WHERE study_key = @StudyKey AND change_key > @After AND grade >= @MinimumGrade
          AND (@RuleSetId = '' OR rule_set_id = '' OR rule_set_id = @RuleSetId)
        ORDER BY change_key
        """;

    private const string SelectOfEvent = """
        SELECT change_key AS ChangeKey, kind AS Kind, at_us AS AtUs, cause AS Cause, made_by AS MadeBy, snapshot AS Snapshot
        FROM event_change WHERE event_id = @eventId ORDER BY change_key
        """;

    private const string SelectLast = "SELECT COALESCE(MAX(change_key), 0) FROM event_change";

    private TaskCompletionSource _next = New();
    private WriteSession? _announced;

    /// <summary>
    /// Ends when anything is added. It carries no news: who is woken reads the log. Take it before reading, or an
    /// addition in between is missed.
    /// </summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Wakes those who watch when another server has added something.</summary>
    public void Ring() => Interlocked.Exchange(ref _next, New()).SetResult();

    internal long NowUs => Clock.NowUs(time);

    /// <summary>Changes in the order in which they were committed.</summary>
    public IReadOnlyList<EventChange> Read(EventChangeQuery query) => Read(query, out _);

    /// <summary>Changes in the order in which they were committed, and how far the log was read for them.</summary>
    /// <param name="query">Which.</param>
    /// <param name="through">Nothing up to this place of the log is left to read: the next query may begin behind it.</param>
    public IReadOnlyList<EventChange> Read(EventChangeQuery query, out long through)
    {
        using var connection = database.Read();
        // Both see the same commits: one between them would be passed over.
        using var transaction = database.Dialect.BeginSnapshot(connection);
        EventChange[] changes =
            [.. connection.Query<Row>(database.Dialect.TakeFirst(SelectAfter), query, transaction).Select(row => row.ToChange())];
        through = changes.Length == query.Take ? changes[^1].ChangeKey : connection.ExecuteScalar<long>(SelectLast, transaction: transaction);
        return changes;
    }

    /// <summary>Everything that happened to one event, oldest first.</summary>
    internal static IReadOnlyList<EventChange> Of(DbConnection connection, DbTransaction transaction, string eventId) =>
        [.. connection.Query<Row>(SelectOfEvent, new { eventId }, transaction).Select(row => row.ToChange())];

    /// <summary>The place of the last change of all; 0: there is none.</summary>
    public long Last()
    {
        using var connection = database.Read();
        return connection.ExecuteScalar<long>(SelectLast);
    }

    /// <summary>Adds a change in the transaction that makes it, and wakes the watchers once that is durable.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="studyKey">Study of the event.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="cause">What brought it about, of <see cref="EventCause"/>.</param>
    /// <param name="madeBy">Who; empty: no person.</param>
    /// <param name="found">The event after it.</param>
    /// <param name="gradeBefore">Worst grade before it; 0: there was none.</param>
    internal void Append(
        WriteSession session, long studyKey, EventChangeKind kind, string cause, string madeBy, AdverseEvent found, int gradeBefore = 0)
    {
        session.Rows(InsertChange)
            .Add(studyKey).Add(found.EventId).Add(found.RuleSetId).Add((int)kind).Add(Math.Max(found.WorstGrade, gradeBefore)).Add(NowUs)
            .Add(cause).Add(madeBy).Add(EventJson.Write(found)).RunLater();

        // Only the writer's thread comes here. One bell for a transaction, however much it adds.
        if (!ReferenceEquals(_announced, session))
        {
            _announced = session;
            session.AfterCommit(() =>
            {
                _announced = null;
                Ring();
            });
        }
    }

    // Woken watchers must not run on the writer's thread.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Row(long ChangeKey, long Kind, long AtUs, string Cause, string MadeBy, string Snapshot)
    {
        public EventChange ToChange() => new(ChangeKey, (EventChangeKind)Kind, AtUs, Cause, MadeBy, EventJson.Read(Snapshot));
    }
}

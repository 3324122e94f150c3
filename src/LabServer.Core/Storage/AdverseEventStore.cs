using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Reads adverse events: graded, reported and removed ones in one order.</summary>
public sealed partial class AdverseEventStore(Database database, RuleSetStore ruleSets)
{
    // Kinds of rows: 1 graded, 2 reported, 3 graded once and gone. A reported event is there as its newest version.
    private const string SelectPage = """
        SELECT x.row_kind AS Kind, x.event_id AS EventId, x.rule_set_id AS RuleSetId, x.subject_id AS SubjectId, x.term AS TermName,
               x.term_key AS TermKey, x.subject_key AS SubjectKey, x.test_key AS TestKey, x.onset_us AS OnsetUs, x.onset AS Onset,
               x.ended_at AS EndedAt, x.last_us AS LastUs, x.baseline_grade AS BaselineGrade, x.worst_grade AS WorstGrade,
               x.fingerprint AS Fingerprint, x.snapshot AS Snapshot, x.version AS Version,
               v.revision AS Revision, v.relatedness AS Relatedness, v.serious AS Serious, v.outcome AS Outcome, v.comment AS Comment,
               v.reviewer AS Reviewer, v.reviewed_us AS ReviewedUs, v.fingerprint AS ReviewedFingerprint
        FROM (
            SELECT CAST(1 AS BIGINT) AS row_kind, e.event_id, r.rule_set_id, s.subject_id, t.term, e.term_key, e.subject_key, e.test_key, e.onset_us,
                   o.collected_at AS onset, z.collected_at AS ended_at, l.collected_us AS last_us, e.baseline_grade, e.worst_grade,
                   e.fingerprint, '' AS snapshot, 0 AS version, 0 AS removed
            FROM subject s
            JOIN adverse_event e ON e.subject_key = s.subject_key
            JOIN term t ON t.term_key = e.term_key
            JOIN rule_set r ON r.rule_set_key = t.rule_set_key
            JOIN result o ON o.result_key = e.onset_result_key
            JOIN result l ON l.result_key = e.last_result_key
            LEFT JOIN result z ON z.result_key = e.end_result_key
            WHERE s.study_key = @StudyKey AND (@SubjectId = '' OR s.subject_id = @SubjectId)
              AND (@RuleSetId = '' OR r.rule_set_id = @RuleSetId) AND @source <> 2
            UNION ALL
            SELECT 2, p.event_id, '', s.subject_id, CASE WHEN p.coded_term = '' THEN p.reported_term ELSE p.coded_term END, 0,
                   p.subject_key, 0, p.onset_us, p.onset, p.end_at, 0, NULL, p.grade, p.fingerprint, '', p.version, p.withdrawn
            FROM subject s
            JOIN reported_event p ON p.subject_key = s.subject_key
            WHERE s.study_key = @StudyKey AND (@SubjectId = '' OR s.subject_id = @SubjectId) AND @source <> 1
              AND p.version = (SELECT MAX(q.version) FROM reported_event q WHERE q.event_id = p.event_id)
            UNION ALL
            SELECT 3, g.event_id, g.rule_set_id, s.subject_id, g.term, 0, g.subject_key, 0, g.onset_us, '', '', 0, NULL, g.worst_grade,
                   '', g.snapshot, 0, 1
            FROM subject s
            JOIN removed_event g ON g.subject_key = s.subject_key
            WHERE s.study_key = @StudyKey AND (@SubjectId = '' OR s.subject_id = @SubjectId)
              AND (@RuleSetId = '' OR g.rule_set_id = @RuleSetId) AND @source <> 2
        ) x
        LEFT JOIN event_review v ON v.event_id = x.event_id
            AND v.revision = (SELECT MAX(w.revision) FROM event_review w WHERE w.event_id = x.event_id)
        WHERE (@EventId = '' OR x.event_id = @EventId)
          AND x.worst_grade >= @MinimumGrade
          AND (@IncludeRemoved = 1 OR x.removed = 0)
          AND (@reviewState = 0 OR @reviewState = CASE
                WHEN v.revision IS NULL THEN 1
                WHEN x.removed = 0 AND v.fingerprint = x.fingerprint THEN 2
                ELSE 3 END)
          AND (x.subject_id > @AfterSubject
            OR (x.subject_id = @AfterSubject AND (x.term > @AfterTerm
              OR (x.term = @AfterTerm AND (x.onset_us > @AfterUs
                OR (x.onset_us = @AfterUs AND x.event_id > @AfterEvent))))))
        ORDER BY x.subject_id, x.term, x.onset_us, x.event_id
        """;

    /// <summary>Events by subject, term and onset; at most <c>take</c>.</summary>
    public IReadOnlyList<AdverseEvent> List(AdverseEventQuery query)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        return List(connection, transaction, query);
    }

    /// <summary>The event, also when it is gone; null: the study never had one of this id.</summary>
    public AdverseEvent? Find(long studyKey, string eventId)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        return Find(connection, transaction, studyKey, eventId);
    }

    /// <summary>The event with all that is on file of it, in one snapshot; null: the study never had one of this id.</summary>
    public WholeEvent? FindWhole(long studyKey, string eventId)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        return Find(connection, transaction, studyKey, eventId) is { } found
            ? new WholeEvent(
                found,
                Reviews(connection, transaction, eventId),
                EventLog.Of(connection, transaction, eventId),
                Reports(connection, transaction, eventId))
            : null;
    }

    internal AdverseEvent? Find(DbConnection connection, DbTransaction transaction, long studyKey, string eventId) =>
        SubjectOf(connection, transaction, studyKey, eventId) is { } subject
            ? List(
                connection,
                transaction,
                new AdverseEventQuery { StudyKey = studyKey, SubjectId = subject, EventId = eventId, IncludeRemoved = true, Take = 1 }).FirstOrDefault()
            : null;

    internal List<AdverseEvent> List(DbConnection connection, DbTransaction transaction, AdverseEventQuery query) =>
        [.. connection.Query<Row>(database.Dialect.TakeFirst(SelectPage), Parameters(query), transaction).AsList()
            .Select(row => Event(connection, transaction, row))];

    private static object Parameters(AdverseEventQuery query) => new
    {
        query.StudyKey,
        query.RuleSetId,
        query.SubjectId,
        query.EventId,
        query.MinimumGrade,
        source = (int)(query.Source ?? 0),
        reviewState = (int)(query.ReviewState ?? 0),
        query.IncludeRemoved,
        query.AfterSubject,
        query.AfterTerm,
        query.AfterUs,
        query.AfterEvent,
        query.Take,
    };
}

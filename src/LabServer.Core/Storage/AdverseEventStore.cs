using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Reads adverse events for lists.</summary>
public sealed class AdverseEventStore(Database database, RuleSetStore ruleSets)
{
    private const string SelectPage = """
        SELECT e.event_id AS EventId, r.rule_set_id AS RuleSetId, s.subject_id AS SubjectId, t.term AS TermName, e.term_key AS TermKey,
               e.subject_key AS SubjectKey, e.test_key AS TestKey, e.onset_us AS OnsetUs, e.onset_result_key AS OnsetResultKey,
               o.collected_at AS Onset, x.collected_at AS EndedAt, l.collected_us AS LastUs, e.baseline_grade AS BaselineGrade, e.worst_grade AS WorstGrade
        FROM subject s
        JOIN adverse_event e ON e.subject_key = s.subject_key
        JOIN term t ON t.term_key = e.term_key
        JOIN rule_set r ON r.rule_set_key = t.rule_set_key
        JOIN result o ON o.result_key = e.onset_result_key
        JOIN result l ON l.result_key = e.last_result_key
        LEFT JOIN result x ON x.result_key = e.end_result_key
        WHERE s.study_key = @StudyKey
          AND (@RuleSetId = '' OR r.rule_set_id = @RuleSetId)
          AND (@SubjectId = '' OR s.subject_id = @SubjectId)
          AND e.worst_grade >= @MinimumGrade
          AND (s.subject_id > @AfterSubject
            OR (s.subject_id = @AfterSubject AND (t.term > @AfterTerm
              OR (t.term = @AfterTerm AND (e.onset_us > @AfterUs
                OR (e.onset_us = @AfterUs AND e.event_id > @AfterEvent))))))
        ORDER BY s.subject_id, t.term, e.onset_us, e.event_id
        """;

    /// <summary>Events by subject, term and onset; at most <c>take</c>.</summary>
    public IReadOnlyList<AdverseEvent> List(AdverseEventQuery query)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        return [.. connection.Query<Row>(database.Dialect.TakeFirst(SelectPage), query, transaction).AsList()
            .Select(row => Event(connection, transaction, row))];
    }

    private AdverseEvent Event(DbConnection connection, DbTransaction transaction, Row row)
    {
        var (_, term) = ruleSets.Term(row.TermKey);
        return new AdverseEvent(
            row.EventId,
            row.RuleSetId,
            row.SubjectId,
            term,
            row.Onset,
            row.EndedAt,
            (int?)row.BaselineGrade,
            (int)row.WorstGrade,
            row.OnsetUs,
            EventHistory.Read(connection, transaction, row));
    }

    private sealed record Row
    {
        public string EventId { get; init; } = "";

        public string RuleSetId { get; init; } = "";

        public string SubjectId { get; init; } = "";

        public long TermKey { get; init; }

        public long SubjectKey { get; init; }

        public long TestKey { get; init; }

        public long OnsetUs { get; init; }

        public string Onset { get; init; } = "";

        public string? EndedAt { get; init; }

        public long LastUs { get; init; }

        public long? BaselineGrade { get; init; }

        public long WorstGrade { get; init; }
    }
}

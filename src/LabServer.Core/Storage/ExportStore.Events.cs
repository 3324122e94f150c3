using System.Data.Common;
using Dapper;

namespace LabServer.Core.Storage;

internal static partial class ExportStore
{
    private const string SelectGraded = """
        SELECT e.event_id AS EventId, e.term_key AS TermKey, e.onset_us AS OnsetUs, o.collected_at AS Onset, l.collected_at AS LastAt,
               COALESCE(z.collected_at, '') AS EndedAt, e.worst_grade AS Grade, o.source_result_id AS ReferenceId, b.laboratory AS Laboratory,
               e.fingerprint AS Fingerprint, v.fingerprint AS ReviewedFingerprint,
               COALESCE(v.relatedness, 0) AS Relatedness, COALESCE(v.serious, 0) AS Serious, COALESCE(v.outcome, 0) AS Outcome
        FROM adverse_event e
        JOIN term t ON t.term_key = e.term_key
        JOIN rule_set r ON r.rule_set_key = t.rule_set_key
        JOIN result o ON o.result_key = e.onset_result_key
        JOIN laboratory b ON b.laboratory_key = o.laboratory_key
        JOIN result l ON l.result_key = e.last_result_key
        LEFT JOIN result z ON z.result_key = e.end_result_key
        LEFT JOIN event_review v ON v.event_id = e.event_id
            AND v.revision = (SELECT MAX(w.revision) FROM event_review w WHERE w.event_id = e.event_id)
        WHERE e.subject_key = @subjectKey AND r.rule_set_id = @ruleSetId
        ORDER BY e.onset_us, e.term_key, e.event_id
        """;

    // What a review says goes before what the report said.
    private const string SelectReported = """
        SELECT p.event_id AS EventId, p.onset_us AS OnsetUs, p.onset AS Onset, p.end_at AS EndedAt, p.grade AS Grade, p.report_id AS ReferenceId,
               p.reported_term AS ReportedTerm, p.coded_term AS CodedTerm, p.system_organ_class AS SystemOrganClass,
               p.fingerprint AS Fingerprint, v.fingerprint AS ReviewedFingerprint,
               COALESCE(NULLIF(v.relatedness, 0), p.relatedness) AS Relatedness, COALESCE(NULLIF(v.serious, 0), p.serious) AS Serious,
               COALESCE(NULLIF(v.outcome, 0), p.outcome) AS Outcome
        FROM reported_event p
        LEFT JOIN event_review v ON v.event_id = p.event_id
            AND v.revision = (SELECT MAX(w.revision) FROM event_review w WHERE w.event_id = p.event_id)
        WHERE p.subject_key = @subjectKey AND p.withdrawn = 0
          AND p.version = (SELECT MAX(q.version) FROM reported_event q WHERE q.event_id = p.event_id)
        ORDER BY p.onset_us, p.event_id
        """;

    /// <summary>Events that grading found under a rule set.</summary>
    public static IEnumerable<ExportedEvent> Graded(DbConnection connection, DbTransaction transaction, long subjectKey, string ruleSetId) =>
        connection.Query<ExportedEvent>(SelectGraded, new { subjectKey, ruleSetId }, transaction);

    /// <summary>Events that were reported and not withdrawn, as they were last reported.</summary>
    public static IEnumerable<ExportedEvent> Reported(DbConnection connection, DbTransaction transaction, long subjectKey) =>
        connection.Query<ExportedEvent>(SelectReported, new { subjectKey }, transaction);
}

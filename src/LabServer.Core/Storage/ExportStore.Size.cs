using System.Data.Common;
using Dapper;

namespace LabServer.Core.Storage;

internal static partial class ExportStore
{
    private const string SelectSizeOfResults = """
        SELECT CAST(COUNT(*) AS BIGINT) AS Total, MAX(o.collected_us) AS NewestUs
        FROM subject s
        JOIN observation o ON o.subject_key = s.subject_key
        WHERE s.study_key = @StudyKey
        """;

    private const string SelectSizeOfSentResults = """
        SELECT CAST(COUNT(*) AS BIGINT) AS Total, MAX(o.collected_us) AS NewestUs
        FROM subject s
        JOIN observation o ON o.subject_key = s.subject_key
        WHERE s.study_key = @StudyKey
          AND o.laboratory_key NOT IN (SELECT l.laboratory_key FROM laboratory l WHERE l.study_key = @StudyKey AND l.laboratory = '(derived)')
        """;

    private const string SelectSizeOfEvents = """
        SELECT CAST(COUNT(*) AS BIGINT) AS Total, MAX(x.onset_us) AS NewestUs
        FROM (
            SELECT e.onset_us
            FROM subject s
            JOIN adverse_event e ON e.subject_key = s.subject_key
            JOIN term t ON t.term_key = e.term_key
            JOIN rule_set r ON r.rule_set_key = t.rule_set_key
            WHERE s.study_key = @StudyKey AND r.rule_set_id = @ruleSetId
            UNION ALL
            SELECT p.onset_us
            FROM subject s
            JOIN reported_event p ON p.subject_key = s.subject_key
            WHERE s.study_key = @StudyKey AND p.withdrawn = 0
              AND p.version = (SELECT MAX(q.version) FROM reported_event q WHERE q.event_id = p.event_id)
        ) x
        """;

    /// <summary>How many results are in force, and when the last of them was collected.</summary>
    public static ExportSize SizeOfResults(DbConnection connection, DbTransaction transaction, Study study, bool withDerived) =>
        connection.QuerySingle<ExportSize>(withDerived ? SelectSizeOfResults : SelectSizeOfSentResults, new { study.StudyKey }, transaction);

    /// <summary>How many events there are under a rule set, the reported ones among them, and when the last of them began.</summary>
    public static ExportSize SizeOfEvents(DbConnection connection, DbTransaction transaction, Study study, string ruleSetId) =>
        connection.QuerySingle<ExportSize>(SelectSizeOfEvents, new { study.StudyKey, ruleSetId }, transaction);
}

/// <summary>Rows of a dataset before they are read, and the newest moment in them.</summary>
internal sealed record ExportSize
{
    public long Total { get; init; }

    /// <summary>In UTC microseconds; null: there are no rows.</summary>
    public long? NewestUs { get; init; }
}

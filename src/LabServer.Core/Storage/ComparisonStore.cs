using System.Data.Common;
using Dapper;

namespace LabServer.Core.Storage;

/// <summary>What a comparison of two rule sets reads: the stored grades of one subject at a time.</summary>
internal static class ComparisonStore
{
    private const string SelectGrades = """
        SELECT g.test_key AS TestKey, g.result_key AS ResultKey, g.term_key AS TermKey, g.grade AS Grade, r.collected_at AS CollectedAt
        FROM grade g
        JOIN result r ON r.result_key = g.result_key
        WHERE g.subject_key = @subjectKey AND g.term_key IN (
            SELECT t.term_key FROM term t JOIN rule_set s ON s.rule_set_key = t.rule_set_key
            WHERE s.rule_set_id = @a OR s.rule_set_id = @b)
        ORDER BY g.test_key, g.collected_us, g.result_key, g.term_key
        """;

    /// <summary>Grades of the subject under two rule sets, by test and time.</summary>
    public static IReadOnlyList<ComparedGrade> Grades(DbConnection connection, DbTransaction transaction, long subjectKey, string a, string b) =>
        connection.Query<ComparedGrade>(SelectGrades, new { subjectKey, a, b }, transaction).AsList();
}

/// <summary>A stored grade, as a comparison needs it.</summary>
internal sealed record ComparedGrade(long TestKey, long ResultKey, long TermKey, long? Grade, string CollectedAt);

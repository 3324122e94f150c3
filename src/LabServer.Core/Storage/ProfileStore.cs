using System.Data.Common;
using Dapper;

namespace LabServer.Core.Storage;

/// <summary>What the profile of a subject reads beside its series, doses, flags and events.</summary>
internal static class ProfileStore
{
    private const string SelectResults = """
        SELECT o.result_key AS ResultKey, o.test_key AS TestKey, l.laboratory AS Laboratory, r.source_result_id AS SourceResultId,
               r.reported_value AS ReportedValue, r.reported_unit AS ReportedUnit, r.visit AS Visit, r.visit_number AS VisitNumber
        FROM observation o
        JOIN result r ON r.result_key = o.result_key
        JOIN laboratory l ON l.laboratory_key = r.laboratory_key
        WHERE o.subject_key = @subjectKey
        ORDER BY o.test_key, o.collected_us, o.result_key
        """;

    private const string SelectGrades = """
        SELECT g.result_key AS ResultKey, g.term_key AS TermKey, g.grade AS Grade, g.reason AS Reason
        FROM grade g
        JOIN term t ON t.term_key = g.term_key
        JOIN rule_set r ON r.rule_set_key = t.rule_set_key
        WHERE g.subject_key = @subjectKey AND r.rule_set_id = @ruleSetId
        ORDER BY t.term, g.result_key
        """;

    /// <summary>Texts of the subject's results.</summary>
    public static IReadOnlyList<ProfileText> Results(DbConnection connection, DbTransaction transaction, long subjectKey) =>
        connection.Query<ProfileText>(SelectResults, new { subjectKey }, transaction).AsList();

    /// <summary>Grades of the subject's results under a rule set, by result.</summary>
    public static ILookup<long, ProfileGradeRow> Grades(DbConnection connection, DbTransaction transaction, long subjectKey, string ruleSetId) =>
        connection.Query<ProfileGradeRow>(SelectGrades, new { subjectKey, ruleSetId }, transaction).ToLookup(row => row.ResultKey);
}

/// <summary>Texts of a result.</summary>
internal sealed record ProfileText(
    long ResultKey, long TestKey, string Laboratory, string SourceResultId, string ReportedValue, string ReportedUnit, string Visit, string VisitNumber);

/// <summary>A grade of a result.</summary>
internal sealed record ProfileGradeRow(long ResultKey, long TermKey, long? Grade, long Reason);

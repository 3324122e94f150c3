using System.Data.Common;
using Dapper;

namespace LabServer.Core.Storage;

/// <summary>What an ADLB export reads beside the series, one subject at a time.</summary>
internal static class AdlbStore
{
    private const string SelectResults = """
        SELECT o.result_key AS ResultKey, r.source_result_id AS SourceResultId, r.visit AS Visit, r.visit_number AS VisitNumber,
               r.reported_value AS ReportedValue, r.collected_at AS CollectedAt
        FROM observation o JOIN result r ON r.result_key = o.result_key
        WHERE o.subject_key = @subjectKey
        """;

    private const string SelectGrades = """
        SELECT g.result_key AS ResultKey, g.term_key AS TermKey, g.grade AS Grade, g.reason AS Reason
        FROM grade g
        JOIN term t ON t.term_key = g.term_key
        JOIN rule_set r ON r.rule_set_key = t.rule_set_key
        WHERE g.subject_key = @subjectKey AND r.rule_set_id = @ruleSetId
        ORDER BY g.term_key, g.result_key
        """;

    private const string SelectInputs = """
        SELECT i.result_key AS ResultKey, l.laboratory AS Laboratory, r.source_result_id AS SourceResultId
        FROM derived_result d
        JOIN derived_input i ON i.result_key = d.result_key
        JOIN result r ON r.result_key = i.input_result_key
        JOIN laboratory l ON l.laboratory_key = r.laboratory_key
        WHERE d.subject_key = @subjectKey
        ORDER BY i.result_key, i.position
        """;

    private const string SelectTests = "SELECT DISTINCT test_key FROM observation WHERE subject_key = @subjectKey";

    /// <summary>Texts of the subject's results by key.</summary>
    public static Dictionary<long, AdlbResult> Results(DbConnection connection, DbTransaction transaction, long subjectKey) =>
        connection.Query<AdlbResult>(SelectResults, new { subjectKey }, transaction).ToDictionary(row => row.ResultKey);

    /// <summary>Grades of the subject's results by result key.</summary>
    public static ILookup<long, AdlbGrade> Grades(DbConnection connection, DbTransaction transaction, long subjectKey, string ruleSetId) =>
        connection.Query<AdlbGrade>(SelectGrades, new { subjectKey, ruleSetId }, transaction).ToLookup(row => row.ResultKey);

    /// <summary>Inputs of the subject's derived results by result key, in order.</summary>
    public static ILookup<long, AdlbInput> Inputs(DbConnection connection, DbTransaction transaction, long subjectKey) =>
        connection.Query<AdlbInput>(SelectInputs, new { subjectKey }, transaction).ToLookup(row => row.ResultKey);

    /// <summary>Tests the subject has results of.</summary>
    public static IReadOnlyList<long> Tests(DbConnection connection, DbTransaction transaction, long subjectKey) =>
        connection.Query<long>(SelectTests, new { subjectKey }, transaction).AsList();
}

/// <summary>Texts of a result.</summary>
internal sealed record AdlbResult(long ResultKey, string SourceResultId, string Visit, string VisitNumber, string ReportedValue, string CollectedAt);

/// <summary>A grade of a result.</summary>
internal sealed record AdlbGrade(long ResultKey, long TermKey, long? Grade, long Reason);

/// <summary>An input of a derived result.</summary>
internal sealed record AdlbInput(long ResultKey, string Laboratory, string SourceResultId);

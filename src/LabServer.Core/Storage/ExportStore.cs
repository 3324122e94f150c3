using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>What exports read, one subject at a time, from one state of the database.</summary>
internal static partial class ExportStore
{
    // The first columns are those of SeriesStore. The order is that of the table, so that nothing is sorted.
    private const string SelectResults = """
        SELECT o.collected_us, o.result_key, o.collected_at, o.value, o.qualifier, u.unit, o.lower_limit, o.upper_limit, o.standard_value, o.fasting,
               COALESCE(CASE WHEN l.laboratory = '(derived)' THEN (SELECT d.laboratory_key FROM derived_result d
                   WHERE d.subject_key = o.subject_key AND d.result_key = o.result_key) END, o.laboratory_key),
               o.method, o.status, o.specimen_condition, CAST(CASE WHEN l.laboratory = '(derived)' THEN 1 ELSE 0 END AS BIGINT),
               o.test_key, l.laboratory, r.source_result_id, r.specimen, r.category, r.reported_value, r.reported_unit,
               r.reference_low, r.reference_high, r.visit, r.visit_number, r.fasting
        FROM observation o
        JOIN result r ON r.result_key = o.result_key
        JOIN laboratory l ON l.laboratory_key = r.laboratory_key
        LEFT JOIN unit u ON u.unit_key = o.unit_key
        WHERE o.subject_key = @subjectKey
        ORDER BY o.test_key, o.collected_us, o.result_key
        """;

    private const string SelectGrades = """
        SELECT g.result_key, g.term_key, g.grade, g.reason
        FROM grade g
        JOIN term t ON t.term_key = g.term_key
        JOIN rule_set r ON r.rule_set_key = t.rule_set_key
        WHERE g.subject_key = @subjectKey AND r.rule_set_id = @ruleSetId
        ORDER BY g.test_key, g.term_key, g.collected_us, g.result_key
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

    /// <summary>The subject's results in force by test and time; those of one moment in the order that grading has them in.</summary>
    public static List<ExportedResult> Results(DbConnection connection, DbTransaction transaction, long subjectKey)
    {
        using var command = Command(connection, transaction, SelectResults, ("@subjectKey", subjectKey));
        using var reader = command.ExecuteReader();
        var results = new List<ExportedResult>();
        while (reader.Read())
        {
            results.Add(new ExportedResult
            {
                Observation = SeriesStore.Observation(reader),
                TestKey = reader.GetInt64(15),
                Laboratory = reader.GetString(16),
                SourceResultId = reader.GetString(17),
                Specimen = reader.GetString(18),
                Category = reader.GetString(19),
                ReportedValue = reader.GetString(20),
                ReportedUnit = reader.GetString(21),
                ReferenceLow = reader.GetString(22),
                ReferenceHigh = reader.GetString(23),
                Visit = reader.GetString(24),
                VisitNumber = reader.GetString(25),
                Fasting = (Fasting)reader.GetInt64(26),
            });
        }

        OrderTies(results);
        return results;
    }

    /// <summary>Grades of the subject's results by result.</summary>
    public static Dictionary<long, List<ExportedGrade>> Grades(DbConnection connection, DbTransaction transaction, long subjectKey, string ruleSetId)
    {
        using var command = Command(connection, transaction, SelectGrades, ("@subjectKey", subjectKey), ("@ruleSetId", ruleSetId));
        using var reader = command.ExecuteReader();
        var grades = new Dictionary<long, List<ExportedGrade>>();
        while (reader.Read())
        {
            var resultKey = reader.GetInt64(0);
            if (!grades.TryGetValue(resultKey, out var ofResult))
            {
                grades.Add(resultKey, ofResult = new List<ExportedGrade>(2));
            }

            ofResult.Add(new ExportedGrade(reader.GetInt64(1), reader.IsDBNull(2) ? null : (int)reader.GetInt64(2), (NotGradableReason)reader.GetInt64(3)));
        }

        return grades;
    }

    /// <summary>Inputs of the subject's derived results by result key, in order.</summary>
    public static ILookup<long, ExportedInput> Inputs(DbConnection connection, DbTransaction transaction, long subjectKey) =>
        connection.Query<ExportedInput>(SelectInputs, new { subjectKey }, transaction).ToLookup(row => row.ResultKey);

    /// <summary>Tests the subject has results of.</summary>
    public static IReadOnlyList<long> Tests(DbConnection connection, DbTransaction transaction, long subjectKey) =>
        connection.Query<long>(SelectTests, new { subjectKey }, transaction).AsList();

    private static void OrderTies(List<ExportedResult> results)
    {
        for (var start = 0; start < results.Count;)
        {
            var end = start + 1;
            while (end < results.Count && results[end].TestKey == results[start].TestKey && results[end].CollectedUs == results[start].CollectedUs)
            {
                end++;
            }

            if (end - start > 1)
            {
                results.Sort(start, end - start, Comparer<ExportedResult>.Create((one, other) => one.Order.CompareTo(other.Order)));
            }

            start = end;
        }
    }

    private static DbCommand Command(
        DbConnection connection, DbTransaction transaction, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

/// <summary>A grade of a result; without a number it is not gradable, for a reason.</summary>
internal readonly record struct ExportedGrade(long TermKey, int? Grade, NotGradableReason Reason);

/// <summary>An input of a derived result.</summary>
internal sealed record ExportedInput(long ResultKey, string Laboratory, string SourceResultId);

using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;

namespace LabServer.Core.Storage;

/// <summary>What shift tables are made of: one row a subject, and the grades of one test and term by result.</summary>
internal static class ShiftStore
{
    private const string SelectTests = """
        SELECT t.test_key AS TestKey, t.test AS Test FROM test t
        WHERE EXISTS (SELECT 1 FROM subject s JOIN series_extreme e ON e.subject_key = s.subject_key AND e.test_key = t.test_key
            WHERE s.study_key = @studyKey)
        ORDER BY t.test
        """;

    private const string SelectIndicators = """
        SELECT e.subject_key, e.baseline, e.lowest, e.highest
        FROM subject s JOIN series_extreme e ON e.subject_key = s.subject_key AND e.test_key = @test_key
        WHERE s.study_key = @study_key
        """;

    private const string SelectGrades = """
        SELECT e.subject_key, e.baseline, e.worst
        FROM subject s JOIN term_extreme e ON e.subject_key = s.subject_key AND e.test_key = @test_key AND e.term_key = @term_key
        WHERE s.study_key = @study_key
        """;

    private const string SelectResultGrades = """
        SELECT g.result_key, g.grade
        FROM subject s JOIN grade g ON g.subject_key = s.subject_key AND g.test_key = @test_key AND g.term_key = @term_key
        WHERE s.study_key = @study_key
        """;

    /// <summary>Tests that dosed subjects of the study have results of, by name.</summary>
    public static IReadOnlyList<(long TestKey, string Test)> Tests(DbConnection connection, DbTransaction transaction, long studyKey) =>
        connection.Query<(long TestKey, string Test)>(SelectTests, new { studyKey }, transaction).AsList();

    /// <summary>Range indicators by subject: at baseline, the lowest and the highest from the first dose on.</summary>
    public static Dictionary<long, (ShiftCategory Baseline, ShiftCategory Lowest, ShiftCategory Highest)> Indicators(
        DbConnection connection, DbTransaction transaction, long studyKey, long testKey)
    {
        using var command = Command(connection, transaction, SelectIndicators, studyKey, testKey, null);
        using var reader = command.ExecuteReader();
        var rows = new Dictionary<long, (ShiftCategory Baseline, ShiftCategory Lowest, ShiftCategory Highest)>();
        while (reader.Read())
        {
            rows.Add(reader.GetInt64(0), ((ShiftCategory)reader.GetInt32(1), (ShiftCategory)reader.GetInt32(2), (ShiftCategory)reader.GetInt32(3)));
        }

        return rows;
    }

    /// <summary>Grades by subject: at baseline, and the worst from the first dose on.</summary>
    public static Dictionary<long, Shift> Grades(DbConnection connection, DbTransaction transaction, long studyKey, long testKey, long termKey)
    {
        using var command = Command(connection, transaction, SelectGrades, studyKey, testKey, termKey);
        using var reader = command.ExecuteReader();
        var rows = new Dictionary<long, Shift>();
        while (reader.Read())
        {
            rows.Add(reader.GetInt64(0), new Shift((ShiftCategory)reader.GetInt32(1), (ShiftCategory)reader.GetInt32(2)));
        }

        return rows;
    }

    /// <summary>Grades of all results of a test under a term, by result.</summary>
    public static Dictionary<long, ShiftCategory> ResultGrades(
        DbConnection connection, DbTransaction transaction, long studyKey, long testKey, long termKey)
    {
        using var command = Command(connection, transaction, SelectResultGrades, studyKey, testKey, termKey);
        using var reader = command.ExecuteReader();
        var rows = new Dictionary<long, ShiftCategory>();
        while (reader.Read())
        {
            rows.Add(reader.GetInt64(0), reader.IsDBNull(1) ? ShiftCategory.NotGradable : (ShiftCategory)reader.GetInt32(1));
        }

        return rows;
    }

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string sql, long studyKey, long testKey, long? termKey)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        Add("@study_key", studyKey);
        Add("@test_key", testKey);
        if (termKey is { } key)
        {
            Add("@term_key", key);
        }

        return command;

        void Add(string name, long value)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }
}

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
        SELECT e.subject_key, e.test_key, e.baseline, e.lowest, e.highest
        FROM subject s CROSS JOIN series_extreme e
        WHERE s.study_key = @study_key AND e.subject_key = s.subject_key AND e.test_key = @test_key
        """;

    private const string SelectAllIndicators = """
        SELECT e.subject_key, e.test_key, e.baseline, e.lowest, e.highest
        FROM subject s CROSS JOIN series_extreme e
        WHERE s.study_key = @study_key AND e.subject_key = s.subject_key
        """;

    private const string SelectGrades = """
        SELECT e.subject_key, e.test_key, e.term_key, e.baseline, e.worst
        FROM subject s CROSS JOIN term_extreme e
        WHERE s.study_key = @study_key AND e.subject_key = s.subject_key AND e.test_key = @test_key
        """;

    private const string SelectAllGrades = """
        SELECT e.subject_key, e.test_key, e.term_key, e.baseline, e.worst
        FROM subject s CROSS JOIN term_extreme e
        WHERE s.study_key = @study_key AND e.subject_key = s.subject_key
        """;

    // 20: not gradable, of ShiftCategory. Both in one number, since each column that is read takes a lock. Terms of a test
    // lie side by side, so that all of a rule set cost one search a subject.
    private const string SelectResultGrades = """
        SELECT g.term_key, g.result_key * 32 + COALESCE(g.grade, 20)
        FROM subject s CROSS JOIN grade g
        WHERE s.study_key = @study_key AND g.subject_key = s.subject_key AND g.test_key = @test_key
            AND g.term_key >= @first_term AND g.term_key <= @last_term
        """;

    /// <summary>Tests that dosed subjects of the study have results of, by name.</summary>
    public static IReadOnlyList<(long TestKey, string Test)> Tests(DbConnection connection, DbTransaction transaction, long studyKey) =>
        connection.Query<(long TestKey, string Test)>(SelectTests, new { studyKey }, transaction).AsList();

    /// <summary>Range indicators by test and subject: at baseline, the lowest and the highest from the first dose on.</summary>
    /// <param name="dialect">The engine.</param>
    /// <param name="connection">Where to read.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="studyKey">The study.</param>
    /// <param name="testKey">Only of this test; null: of all, in one pass.</param>
    public static Dictionary<long, Dictionary<long, ShiftExtremes>> Indicators(
        Dialect dialect, DbConnection connection, DbTransaction transaction, long studyKey, long? testKey)
    {
        var byTest = new Dictionary<long, Dictionary<long, ShiftExtremes>>();
        using var rows = testKey is { } key
            ? dialect.Rows(connection, transaction, SelectIndicators, ("@study_key", studyKey), ("@test_key", key))
            : dialect.Rows(connection, transaction, SelectAllIndicators, ("@study_key", studyKey));
        while (rows.Read())
        {
            Group(byTest, rows.Whole(1)).Add(
                rows.Whole(0), new ShiftExtremes((ShiftCategory)rows.Whole(2), (ShiftCategory)rows.Whole(3), (ShiftCategory)rows.Whole(4)));
        }

        return byTest;
    }

    /// <summary>Grades by test and term, by subject: at baseline, and the worst from the first dose on.</summary>
    /// <param name="dialect">The engine.</param>
    /// <param name="connection">Where to read.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="studyKey">The study.</param>
    /// <param name="testKey">Only of this test; null: of all, in one pass.</param>
    public static Dictionary<(long TestKey, long TermKey), Dictionary<long, Shift>> Grades(
        Dialect dialect, DbConnection connection, DbTransaction transaction, long studyKey, long? testKey)
    {
        var byTerm = new Dictionary<(long TestKey, long TermKey), Dictionary<long, Shift>>();
        using var rows = testKey is { } key
            ? dialect.Rows(connection, transaction, SelectGrades, ("@study_key", studyKey), ("@test_key", key))
            : dialect.Rows(connection, transaction, SelectAllGrades, ("@study_key", studyKey));
        while (rows.Read())
        {
            Group(byTerm, (rows.Whole(1), rows.Whole(2))).Add(rows.Whole(0), new Shift((ShiftCategory)rows.Whole(3), (ShiftCategory)rows.Whole(4)));
        }

        return byTerm;
    }

    /// <summary>Grades of all results of a test under some terms, by term and result.</summary>
    /// <param name="dialect">The engine.</param>
    /// <param name="connection">Where to read.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="studyKey">The study.</param>
    /// <param name="testKey">The test.</param>
    /// <param name="termKeys">The terms, at least one.</param>
    /// <param name="expected">About how many results there are.</param>
    public static IReadOnlyDictionary<long, Dictionary<long, ShiftCategory>> ResultGrades(
        Dialect dialect, DbConnection connection, DbTransaction transaction, long studyKey, long testKey, IReadOnlyCollection<long> termKeys, int expected)
    {
        var grades = termKeys.ToDictionary(key => key, _ => new Dictionary<long, ShiftCategory>(expected));
        using var rows = dialect.Rows(
            connection, transaction, SelectResultGrades, ("@study_key", studyKey), ("@test_key", testKey), ("@first_term", termKeys.Min()), ("@last_term", termKeys.Max()));
        var (termKey, ofTerm) = (0L, default(Dictionary<long, ShiftCategory>));
        while (rows.Read())
        {
            if (rows.Whole(0) is var next && next != termKey)
            {
                // A term between them may be of another rule set.
                (termKey, ofTerm) = (next, grades.GetValueOrDefault(next));
            }

            var row = rows.Whole(1);
            ofTerm?.Add(row / 32, (ShiftCategory)(row % 32));
        }

        return grades;
    }

    private static Dictionary<long, TValue> Group<TKey, TValue>(Dictionary<TKey, Dictionary<long, TValue>> groups, TKey key)
        where TKey : notnull
    {
        if (!groups.TryGetValue(key, out var group))
        {
            groups.Add(key, group = []);
        }

        return group;
    }
}

/// <summary>Range indicators of one subject and test: at baseline, the lowest and the highest from the first dose on.</summary>
internal readonly record struct ShiftExtremes(ShiftCategory Baseline, ShiftCategory Lowest, ShiftCategory Highest)
{
    /// <summary>A subject without any result.</summary>
    public static ShiftExtremes Missing => new(ShiftCategory.Missing, ShiftCategory.Missing, ShiftCategory.Missing);
}

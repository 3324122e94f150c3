using LabServer.Api.V1;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Summary;

/// <summary>Shift tables: those of one test, worst and every visit, and the worst of all tests. By hand: the cells of all of them.</summary>
internal static class ShiftTables
{
    private const string Grades = """
        SELECT s.arm, -1, t.term_key, t.baseline, t.worst, COUNT(*)
        FROM subject s JOIN term_extreme t ON t.subject_key = s.subject_key AND t.test_key = (SELECT test_key FROM test WHERE test = 'K')
        WHERE s.study_key = 1 AND s.first_dose_at <> '' GROUP BY s.arm, t.term_key, t.baseline, t.worst
        UNION ALL
        SELECT arm, visit_key, term_key, baseline, grade, COUNT(*) FROM (
            SELECT s.arm, o.visit_key, g.term_key, t.baseline, g.grade, MAX(o.collected_us)
            FROM subject s
            JOIN observation o ON o.subject_key = s.subject_key AND o.test_key = (SELECT test_key FROM test WHERE test = 'K')
            JOIN term_extreme t ON t.subject_key = s.subject_key AND t.test_key = o.test_key
            JOIN grade g ON g.subject_key = s.subject_key AND g.test_key = o.test_key AND g.term_key = t.term_key
                AND g.collected_us = o.collected_us AND g.result_key = o.result_key
            WHERE s.study_key = 1 AND s.first_dose_at <> '' GROUP BY s.subject_key, o.visit_key, g.term_key)
        GROUP BY arm, visit_key, term_key, baseline, grade
        """;

    private const string Indicators = """
        SELECT s.arm, -1, e.baseline, e.lowest, e.highest, COUNT(*)
        FROM subject s JOIN series_extreme e ON e.subject_key = s.subject_key AND e.test_key = (SELECT test_key FROM test WHERE test = 'K')
        WHERE s.study_key = 1 AND s.first_dose_at <> '' GROUP BY s.arm, e.baseline, e.lowest, e.highest
        UNION ALL
        SELECT arm, visit_key, baseline, indicator, 0, COUNT(*) FROM (
            SELECT s.arm, o.visit_key, e.baseline,
                   CASE WHEN o.value < o.lower_limit THEN 1 WHEN o.value > o.upper_limit THEN 3 ELSE 2 END AS indicator, MAX(o.collected_us)
            FROM subject s
            JOIN series_extreme e ON e.subject_key = s.subject_key AND e.test_key = (SELECT test_key FROM test WHERE test = 'K')
            JOIN observation o ON o.subject_key = s.subject_key AND o.test_key = e.test_key
            WHERE s.study_key = 1 AND s.first_dose_at <> '' GROUP BY s.subject_key, o.visit_key)
        GROUP BY arm, visit_key, baseline, indicator
        """;

    private const string WorstGrades = """
        SELECT t.test_key, t.term_key, s.arm, t.baseline, t.worst, COUNT(*)
        FROM subject s JOIN term_extreme t ON t.subject_key = s.subject_key
        WHERE s.study_key = 1 AND s.first_dose_at <> '' GROUP BY t.test_key, t.term_key, s.arm, t.baseline, t.worst
        """;

    private const string WorstIndicators = """
        SELECT e.test_key, s.arm, e.baseline, e.lowest, e.highest, COUNT(*)
        FROM subject s JOIN series_extreme e ON e.subject_key = s.subject_key
        WHERE s.study_key = 1 AND s.first_dose_at <> '' GROUP BY e.test_key, s.arm, e.baseline, e.lowest, e.highest
        """;

    /// <summary>All of them.</summary>
    public static IEnumerable<SummaryTable> All(SummariesService.SummariesServiceClient summaries) =>
    [
        Table(summaries, "shift by grade, one test", Grades, request => (request.By, request.Test) = (ShiftBy.Grade, "K")),
        Table(summaries, "shift by indicator, one test", Indicators, request => (request.By, request.Test) = (ShiftBy.Indicator, "K")),
        Table(summaries, "shift by grade, worst of all tests", WorstGrades, request => (request.By, request.WorstOnly) = (ShiftBy.Grade, true)),
        Table(summaries, "shift by indicator, worst of all tests", WorstIndicators, request => (request.By, request.WorstOnly) = (ShiftBy.Indicator, true)),
    ];

    private static SummaryTable Table(SummariesService.SummariesServiceClient summaries, string name, string sql, Action<SummarizeShiftsRequest> ask)
    {
        var request = new SummarizeShiftsRequest { StudyId = SyntheticStudy.StudyId, RuleSetId = SummaryTables.RuleSet };
        ask(request);
        return new SummaryTable(name, Call, sql);

        async Task Call(CancellationToken cancellation)
        {
            using var call = summaries.SummarizeShifts(request, cancellationToken: cancellation);
            while (await call.ResponseStream.MoveNext(cancellation))
            {
            }
        }
    }
}

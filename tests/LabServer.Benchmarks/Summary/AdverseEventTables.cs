using LabServer.Api.V1;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Summary;

/// <summary>
/// Incidence. By hand: subjects by term, arm and worst grade, over all terms, and what could not be graded, of graded and
/// reported events. Classes are in the rule sets and not in the database, so the statements have none.
/// </summary>
internal static class AdverseEventTables
{
    private const string Plain = """
        WITH worst AS MATERIALIZED (
            SELECT CAST(e.term_key AS TEXT) AS term, s.arm, e.subject_key, MAX(e.worst_grade) AS worst
            FROM subject s JOIN adverse_event e ON e.subject_key = s.subject_key
            WHERE s.study_key = 1 AND s.first_dose_at <> ''
            GROUP BY e.subject_key, e.term_key
            UNION ALL
            SELECT p.reported_term, s.arm, p.subject_key, MAX(p.grade)
            FROM subject s JOIN reported_event p ON p.subject_key = s.subject_key
            WHERE s.study_key = 1 AND s.first_dose_at <> '' AND p.withdrawn = 0
            GROUP BY p.subject_key, p.reported_term)
        SELECT term, arm, worst, COUNT(*) FROM worst GROUP BY term, arm, worst
        UNION ALL
        SELECT '', arm, worst, COUNT(*) FROM (SELECT arm, MAX(worst) AS worst FROM worst GROUP BY subject_key) GROUP BY arm, worst
        UNION ALL
        SELECT 'not graded', '', n.reason, SUM(n.results) FROM subject s JOIN not_gradable n ON n.subject_key = s.subject_key
        WHERE s.study_key = 1 GROUP BY n.reason
        """;

    private const string BySex = """
        WITH worst AS MATERIALIZED (
            SELECT CAST(e.term_key AS TEXT) AS term, s.arm, s.sex, e.subject_key, MAX(e.worst_grade) AS worst
            FROM subject s JOIN adverse_event e ON e.subject_key = s.subject_key
            WHERE s.study_key = 1 AND s.first_dose_at <> ''
            GROUP BY e.subject_key, e.term_key
            UNION ALL
            SELECT p.reported_term, s.arm, s.sex, p.subject_key, MAX(p.grade)
            FROM subject s JOIN reported_event p ON p.subject_key = s.subject_key
            WHERE s.study_key = 1 AND s.first_dose_at <> '' AND p.withdrawn = 0
            GROUP BY p.subject_key, p.reported_term)
        SELECT term, arm, sex, worst, COUNT(*) FROM worst GROUP BY term, arm, sex, worst
        UNION ALL
        SELECT '', arm, sex, worst, COUNT(*) FROM (SELECT arm, sex, MAX(worst) AS worst FROM worst GROUP BY subject_key) GROUP BY arm, sex, worst
        UNION ALL
        SELECT 'not graded', '', s.sex, n.reason, SUM(n.results) FROM subject s JOIN not_gradable n ON n.subject_key = s.subject_key
        WHERE s.study_key = 1 GROUP BY s.sex, n.reason
        """;

    // From day 2 to day 28, of one first dose for all; possibly, probably or definitely related.
    private const string Related = """
        WITH worst AS MATERIALIZED (
            SELECT CAST(e.term_key AS TEXT) AS term, s.arm, e.subject_key, MAX(e.worst_grade) AS worst
            FROM subject s JOIN adverse_event e ON e.subject_key = s.subject_key
            JOIN event_review v ON v.event_id = e.event_id AND v.fingerprint = e.fingerprint
            WHERE s.study_key = 1 AND s.first_dose_at <> '' AND e.onset_us >= 1641254400000000 AND e.onset_us < 1643587200000000
              AND v.relatedness IN (3, 4, 5)
            GROUP BY e.subject_key, e.term_key
            UNION ALL
            SELECT p.reported_term, s.arm, p.subject_key, MAX(p.grade)
            FROM subject s JOIN reported_event p ON p.subject_key = s.subject_key
            WHERE s.study_key = 1 AND s.first_dose_at <> '' AND p.withdrawn = 0 AND p.onset_us >= 1641254400000000 AND p.onset_us < 1643587200000000
              AND p.relatedness IN (3, 4, 5)
            GROUP BY p.subject_key, p.reported_term)
        SELECT term, arm, worst, COUNT(*) FROM worst GROUP BY term, arm, worst
        UNION ALL
        SELECT '', arm, worst, COUNT(*) FROM (SELECT arm, MAX(worst) AS worst FROM worst GROUP BY subject_key) GROUP BY arm, worst
        UNION ALL
        SELECT 'not reviewed', s.arm, COUNT(DISTINCT s.subject_key), COUNT(*)
        FROM subject s JOIN adverse_event e ON e.subject_key = s.subject_key
        LEFT JOIN event_review v ON v.event_id = e.event_id AND v.fingerprint = e.fingerprint
        WHERE s.study_key = 1 AND s.first_dose_at <> '' AND e.onset_us >= 1641254400000000 AND e.onset_us < 1643587200000000
          AND v.event_id IS NULL GROUP BY s.arm
        UNION ALL
        SELECT 'not graded', '', n.reason, SUM(n.results) FROM subject s JOIN not_gradable n ON n.subject_key = s.subject_key
        WHERE s.study_key = 1 GROUP BY n.reason
        """;

    /// <summary>All of them.</summary>
    public static IEnumerable<SummaryTable> All(SummariesService.SummariesServiceClient summaries) =>
    [
        Table(summaries, "adverse events", Plain, _ => { }),
        Table(summaries, "adverse events, arms compared", Plain, request =>
        {
            request.Arms.Add(SyntheticStudy.Arms);
            request.CompareArms = true;
        }),
        Table(summaries, "adverse events by sex", BySex, request => request.SplitBy = "sex"),
        Table(summaries, "adverse events, related, day 2 to 28", Related, request =>
        {
            request.Relatedness.Add([Relatedness.Possible, Relatedness.Probable, Relatedness.Definite]);
            (request.FromDay, request.ToDay) = (2, 28);
        }),
    ];

    private static SummaryTable Table(
        SummariesService.SummariesServiceClient summaries, string name, string sql, Action<SummarizeAdverseEventsRequest> ask)
    {
        var request = new SummarizeAdverseEventsRequest { StudyId = SyntheticStudy.StudyId, RuleSetId = SummaryTables.RuleSet };
        ask(request);
        return new SummaryTable(name, cancellation => summaries.SummarizeAdverseEventsAsync(request, cancellationToken: cancellation).ResponseAsync, sql);
    }
}

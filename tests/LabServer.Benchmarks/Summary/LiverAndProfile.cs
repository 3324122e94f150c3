using LabServer.Api.V1;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Summary;

/// <summary>
/// Liver safety, by hand the peaks of all and the series of those with one over its bound; the profile of a subject, by hand
/// its results with texts, its grades and its events.
/// </summary>
internal static class LiverAndProfile
{
    private const string Liver = """
        WITH tests AS MATERIALIZED (SELECT test_key, test FROM test WHERE test IN ('ALT', 'AST', 'BILI', 'ALP')),
        peaks AS MATERIALIZED (
            SELECT s.subject_key, t.test, e.uln_times, e.uln_result_key, e.uln_collected_at, e.baseline_times
            FROM subject s CROSS JOIN tests t JOIN series_extreme e ON e.subject_key = s.subject_key AND e.test_key = t.test_key
            WHERE s.study_key = 1 AND s.first_dose_at <> '' AND t.test <> 'ALP')
        SELECT * FROM peaks
        UNION ALL
        SELECT o.subject_key, t.test, o.value, o.result_key, o.collected_at, o.upper_limit
        FROM (SELECT DISTINCT subject_key FROM peaks WHERE uln_times >= CASE test WHEN 'BILI' THEN 2 ELSE 3 END) p
        CROSS JOIN tests t JOIN observation o ON o.subject_key = p.subject_key AND o.test_key = t.test_key
        """;

    private const string Profile = """
        WITH who AS (SELECT subject_key FROM subject WHERE study_key = 1 AND subject_id = 'BENCH-1-0042')
        SELECT o.collected_us, o.collected_at, r.source_result_id, r.reported_value, r.reported_unit, o.lower_limit, o.upper_limit, r.visit, l.laboratory
        FROM observation o JOIN result r ON r.result_key = o.result_key JOIN laboratory l ON l.laboratory_key = r.laboratory_key
        WHERE o.subject_key = (SELECT subject_key FROM who)
        UNION ALL
        SELECT g.collected_us, g.term_key, g.result_key, g.grade, g.reason, NULL, NULL, '', ''
        FROM grade g WHERE g.subject_key = (SELECT subject_key FROM who)
        UNION ALL
        SELECT e.onset_us, e.term_key, e.event_id, e.worst_grade, v.serious, v.relatedness, v.outcome, v.comment, v.reviewer
        FROM adverse_event e LEFT JOIN event_review v ON v.event_id = e.event_id
        WHERE e.subject_key = (SELECT subject_key FROM who)
        ORDER BY 1
        """;

    /// <summary>Both.</summary>
    public static IEnumerable<SummaryTable> All(SummariesService.SummariesServiceClient summaries)
    {
        var liver = new SummarizeLiverSafetyRequest { StudyId = SyntheticStudy.StudyId };
        return
        [
            new("liver safety", cancellation => summaries.SummarizeLiverSafetyAsync(liver, cancellationToken: cancellation).ResponseAsync, Liver, IsRowsOnly: true),
            new("profile of a subject", CallProfile, Profile, IsRowsOnly: true),
        ];

        async Task CallProfile(CancellationToken cancellation)
        {
            using var call = summaries.GetSubjectProfile(
                new GetSubjectProfileRequest { StudyId = SyntheticStudy.StudyId, SubjectId = SyntheticStudy.SubjectId(42) }, cancellationToken: cancellation);
            while (await call.ResponseStream.MoveNext(cancellation))
            {
            }
        }
    }
}

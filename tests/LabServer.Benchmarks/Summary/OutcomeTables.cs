using LabServer.Api.V1;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Summary;

/// <summary>Yes/no and ordered outcomes by visit. By hand: subjects by visit, arm and the last value there.</summary>
internal static class OutcomeTables
{
    // With one MAX SQLite takes the other columns from its row.
    private const string Words = """
        SELECT visit_key, arm, text_key, COUNT(*) FROM (
            SELECT s.arm, o.visit_key, o.text_key, MAX(o.collected_us)
            FROM subject s JOIN observation o ON o.subject_key = s.subject_key AND o.test_key = (SELECT test_key FROM test WHERE test = 'SYPAIN')
            WHERE s.study_key = 1 AND s.first_dose_at <> ''
            GROUP BY s.subject_key, o.visit_key)
        GROUP BY visit_key, arm, text_key
        """;

    private const string Categories = """
        SELECT visit_key, arm, category, COUNT(*) FROM (
            SELECT s.arm, o.visit_key, CASE WHEN o.value < 1 THEN 0 WHEN o.value < 4 THEN 1 WHEN o.value < 7 THEN 2 ELSE 3 END AS category,
                   MAX(o.collected_us)
            FROM subject s JOIN observation o ON o.subject_key = s.subject_key AND o.test_key = (SELECT test_key FROM test WHERE test = 'PAINNRS')
            WHERE s.study_key = 1 AND s.first_dose_at <> ''
            GROUP BY s.subject_key, o.visit_key)
        GROUP BY visit_key, arm, category
        """;

    /// <summary>All of them.</summary>
    public static IEnumerable<SummaryTable> All(SummariesService.SummariesServiceClient summaries)
    {
        var outcome = new SummarizeOutcomesRequest { StudyId = SyntheticStudy.StudyId, Test = "SYPAIN" };
        var category = new SummarizeCategoriesRequest { StudyId = SyntheticStudy.StudyId, Test = "PAINNRS" };
        return
        [
            new("outcome", cancellation => summaries.SummarizeOutcomesAsync(outcome, cancellationToken: cancellation).ResponseAsync, Words),
            new("categories", cancellation => summaries.SummarizeCategoriesAsync(category, cancellationToken: cancellation).ResponseAsync, Categories),
        ];
    }
}

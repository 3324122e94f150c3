using LabServer.Api.V1;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Summary;

/// <summary>A numeric test by visit, both arms compared. By hand: the rows; quartiles and rank statistics are no work for SQL.</summary>
internal static class BiomarkerTables
{
    private const string Rows = """
        SELECT s.subject_key, s.arm, s.sex, o.visit_key, o.collected_us, o.qualifier, o.standard_value, o.value, o.lower_limit, o.upper_limit
        FROM subject s JOIN observation o ON o.subject_key = s.subject_key AND o.test_key = (SELECT test_key FROM test WHERE test = 'ALT')
        WHERE s.study_key = 1 AND s.first_dose_at <> ''
        ORDER BY s.subject_id, o.collected_us
        """;

    /// <summary>All of them.</summary>
    public static IEnumerable<SummaryTable> All(SummariesService.SummariesServiceClient summaries) =>
    [
        Table(summaries, "biomarker, values", _ => { }),
        Table(summaries, "biomarker, change", request => request.Measure = BiomarkerMeasure.Change),
        Table(summaries, "biomarker, values by sex", request => request.SplitBy = "sex"),
        Table(summaries, "biomarker, change, carried forward", request =>
        {
            request.Measure = BiomarkerMeasure.Change;
            request.CarryForward = true;
        }),
    ];

    private static SummaryTable Table(SummariesService.SummariesServiceClient summaries, string name, Action<SummarizeBiomarkersRequest> ask)
    {
        var request = new SummarizeBiomarkersRequest { StudyId = SyntheticStudy.StudyId, Test = "ALT" };
        ask(request);
        return new SummaryTable(
            name, cancellation => summaries.SummarizeBiomarkersAsync(request, cancellationToken: cancellation).ResponseAsync, Rows, IsRowsOnly: true);
    }
}

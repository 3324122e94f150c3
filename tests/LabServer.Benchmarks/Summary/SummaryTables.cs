using LabServer.Api.V1;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Summary;

/// <summary>The tables that are measured, each with the statement that makes it by hand.</summary>
internal static class SummaryTables
{
    private const string Incidence = """
        SELECT term_key, arm, worst, COUNT(*) FROM (
            SELECT e.term_key, s.arm, e.subject_key, MAX(e.worst_grade) AS worst
            FROM subject s JOIN adverse_event e ON e.subject_key = s.subject_key
            WHERE s.first_dose_at <> ''
            GROUP BY e.term_key, s.arm, e.subject_key)
        GROUP BY term_key, arm, worst
        """;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SummaryTable> All(SummariesService.SummariesServiceClient summaries) =>
    [
        new(
            "incidence",
            cancellation => summaries.SummarizeAdverseEventsAsync(
                new SummarizeAdverseEventsRequest { StudyId = SyntheticStudy.StudyId, RuleSetId = "ctcae-5.0" }, cancellationToken: cancellation).ResponseAsync,
            Incidence),
    ];
}

using LabServer.Api.V1;

namespace LabServer.Benchmarks.Summary;

/// <summary>The tables that are measured, each with the statement that makes it by hand.</summary>
internal static class SummaryTables
{
    /// <summary>Rule set of all.</summary>
    public const string RuleSet = "ctcae-5.0";

    /// <summary>All of them.</summary>
    public static IEnumerable<SummaryTable> All(SummariesService.SummariesServiceClient summaries) =>
    [
        .. AdverseEventTables.All(summaries),
        .. BiomarkerTables.All(summaries),
        .. OutcomeTables.All(summaries),
        .. ShiftTables.All(summaries),
        .. LiverAndProfile.All(summaries),
    ];
}

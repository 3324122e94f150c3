using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>One term, class or any event in one arm, as a row of CSV. The row of any event has neither term nor class.</summary>
internal sealed record IncidenceRow(SummarizeAdverseEventsResponse Summary, string Level, TermIncidence Term, GradeCounts Counts, string SplitBy = "", string Stratum = "")
{
    /// <summary>The columns.</summary>
    public static readonly IReadOnlyList<Column<IncidenceRow>> Columns =
    [
        new("study", row => row.Summary.StudyId),
        new("rule_set", row => row.Summary.RuleSetId),
        new("system_organ_class", row => row.Term.SystemOrganClass),
        new("term", row => row.Term.Term),
        new("direction", row => Enums.Lower(row.Term.Direction)),
        new("arm", row => row.Counts.Arm),
        new("subjects", row => row.Summary.Arms.FirstOrDefault(arm => arm.Arm == row.Counts.Arm)?.Subjects),
        new("grade1", row => row.Counts.Grade1),
        new("grade2", row => row.Counts.Grade2),
        new("grade3", row => row.Counts.Grade3),
        new("grade4", row => row.Counts.Grade4),
        new("grade5", row => row.Counts.Grade5),
        new("grade12", row => row.Counts.Grade1 + row.Counts.Grade2),
        new("grade34", row => row.Counts.Grade3 + row.Counts.Grade4),
        new("any", row => row.Counts.Any),
        new("level", row => row.Level),
        new("split_by", row => row.SplitBy),
        new("stratum", row => row.Stratum),
        new("total_subjects", row => row.Summary.Subjects),
        new("total_any", row => row.Term.Total?.Any),
        new("risk_difference", row => row.Comparison is { HasRiskDifference: true } found ? found.RiskDifference : null),
        new("risk_difference_low", row => row.Comparison?.Newcombe?.Low),
        new("risk_difference_high", row => row.Comparison?.Newcombe is { HasHigh: true } interval ? interval.High : null),
        new("odds_ratio", row => row.Comparison is { HasOddsRatio: true } found ? found.OddsRatio : null),
        new("odds_ratio_low", row => row.Comparison?.OddsRatioInterval?.Low),
        new("odds_ratio_high", row => row.Comparison?.OddsRatioInterval is not { } interval ? null : interval.Unbounded ? "inf" : interval.High),
        new("odds_ratio_method", row => row.Comparison?.OddsRatioMethod),
        new("test", row => row.Comparison?.Test),
        new("p", row => row.Comparison is { HasP: true } found ? found.P : null),
    ];

    private IncidenceComparison? Comparison => Term.Comparison;

    /// <summary>The rows: any event first, then the terms; those of each stratum behind those of the whole.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="summary">The answer.</param>
    public static IEnumerable<IncidenceRow> Of(SummarizeAdverseEventsRequest request, SummarizeAdverseEventsResponse summary)
    {
        var classes = request.Order == IncidenceOrder.SystemOrganClass;
        return Of(summary, classes).Concat(summary.Strata.SelectMany(stratum =>
            Of(IncidenceStrata.Summary(summary, stratum), classes)
                .Select(row => row with { SplitBy = request.SplitBy, Stratum = stratum.Stratum })));
    }

    private static IEnumerable<IncidenceRow> Of(SummarizeAdverseEventsResponse summary, bool classes) =>
        IncidenceLines.Of(summary, classes).SelectMany(line =>
            line.Row.Arms.Select(counts => new IncidenceRow(summary, line.Level, line.Row, counts)));
}

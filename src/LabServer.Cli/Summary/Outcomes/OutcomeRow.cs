using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>One arm at one visit of a yes/no outcome. The comparison stands in the row of its first arm.</summary>
internal sealed record OutcomeRow(SummarizeOutcomesResponse Summary, string? Stratum, OutcomeVisit Visit, OutcomeArm Arm)
{
    /// <summary>The columns of CSV, with every digit.</summary>
    public static readonly IReadOnlyList<Column<OutcomeRow>> Columns =
    [
        new("study", row => row.Summary.StudyId),
        new("test", row => row.Summary.Test),
        new("stratum", row => row.Stratum),
        new("visit", row => row.Visit.Visit),
        new("visit_number", row => row.Visit.VisitNumber),
        new("arm", row => row.Arm.Arm),
        new("subjects", row => row.Arm.Subjects),
        new("events", row => row.Arm.Events),
        new("n", row => row.Arm.N),
        new("undecided", row => row.Arm.Undecided),
        new("missing", row => row.Arm.Missing),
        new("compared_with", row => row.Comparison?.ArmB),
        new("odds_ratio", row => row.Ratio is { HasEstimate: true } ratio ? ratio.Estimate : null),
        new("odds_ratio_low", row => row.Ratio is { HasLow: true } ratio ? ratio.Low : null),
        new("odds_ratio_high", row => row.Ratio is { } ratio ? ratio.Unbounded ? "inf" : StatisticText.Or(ratio.HasHigh, ratio.High) : null),
        new("method", row => row.Ratio?.Method),
        new("odds_ratio_p", row => row.Ratio is { HasP: true } ratio ? ratio.P : null),
        new("test_name", row => row.Comparison?.Test.Name),
        new("test_p", row => row.Comparison?.Test is { HasP: true } test ? test.P : null),
        new("risk_difference", row => row.Comparison?.RiskDifference is { HasEstimate: true } difference ? difference.Estimate : null),
        new("risk_difference_low", row => row.Comparison?.RiskDifference is { HasLow: true } difference ? difference.Low : null),
        new("risk_difference_high", row => row.Comparison?.RiskDifference is { HasHigh: true } difference ? difference.High : null),
    ];

    /// <summary>The columns of the table for people.</summary>
    public static readonly IReadOnlyList<Column<OutcomeRow>> TableColumns =
    [
        new("visit", row => row.Visit.Visit),
        new("arm", row => row.Arm.Arm),
        new("n/N (%)", row => StatisticText.Share(row.Arm.Events, row.Arm.N)),
        new("undecided", row => row.Arm.Undecided),
        new("missing", row => row.Arm.Missing),
        new("odds ratio (95 % CI)", row => row.Ratio is { } ratio
            ? StatisticText.WithInterval(
                StatisticText.Or(ratio.HasEstimate, ratio.Estimate), StatisticText.Or(ratio.HasLow, ratio.Low),
                StatisticText.Or(ratio.HasHigh, ratio.High), ratio.Unbounded, StatisticText.Ratio)
            : ""),
        new("by", row => row.Ratio?.Method ?? ""),
        new("p", row => row.Comparison?.Test is { HasP: true } test ? StatisticText.P(test.P) : ""),
        new("test", row => row.Comparison?.Test.Name ?? ""),
    ];

    private OutcomeComparison? Comparison => Visit.Comparison is { } found && found.ArmA == Arm.Arm ? found : null;

    private OutcomeOddsRatio? Ratio => Comparison?.OddsRatio;

    /// <summary>The rows: the whole population, then the strata.</summary>
    public static IEnumerable<OutcomeRow> Of(SummarizeOutcomesResponse summary) =>
        Rows(summary, null, summary.Visits).Concat(summary.Strata.SelectMany(stratum => Rows(summary, stratum.Stratum, stratum.Visits)));

    /// <summary>The rows of one table.</summary>
    public static IEnumerable<OutcomeRow> Rows(SummarizeOutcomesResponse summary, string? stratum, IEnumerable<OutcomeVisit> visits) =>
        visits.SelectMany(visit => visit.Arms.Select(arm => new OutcomeRow(summary, stratum, visit, arm)));
}

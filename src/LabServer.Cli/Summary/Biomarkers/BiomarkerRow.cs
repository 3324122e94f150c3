using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>One arm at one visit of a biomarker. The comparison stands in the row of its first arm.</summary>
internal sealed record BiomarkerRow(SummarizeBiomarkersResponse Summary, string? Stratum, BiomarkerVisit Visit, BiomarkerArm Arm)
{
    /// <summary>The columns of CSV, with every digit.</summary>
    public static readonly IReadOnlyList<Column<BiomarkerRow>> Columns =
    [
        new("study", row => row.Summary.StudyId),
        new("test", row => row.Summary.Test),
        new("unit", row => row.Summary.Unit),
        new("measure", row => BiomarkerJson.Measure(row.Summary.Measure)),
        new("bounds", row => Enums.Lower(row.Summary.Bounds)),
        new("stratum", row => row.Stratum),
        new("visit", row => row.Visit.Visit),
        new("visit_number", row => row.Visit.VisitNumber),
        new("arm", row => row.Arm.Arm),
        new("subjects", row => row.Arm.Subjects),
        new("n", row => row.Arm.N),
        new("missing", row => row.Arm.Missing),
        new("mean", row => StatisticText.Or(row.Arm.HasMean, row.Arm.Mean)),
        new("sd", row => StatisticText.Or(row.Arm.HasSd, row.Arm.Sd)),
        new("median", row => StatisticText.Or(row.Arm.HasMedian, row.Arm.Median)),
        new("q1", row => StatisticText.Or(row.Arm.HasQ1, row.Arm.Q1)),
        new("q3", row => StatisticText.Or(row.Arm.HasQ3, row.Arm.Q3)),
        new("min", row => StatisticText.Or(row.Arm.HasMin, row.Arm.Min)),
        new("max", row => StatisticText.Or(row.Arm.HasMax, row.Arm.Max)),
        new("below_quantification", row => row.Arm.BelowQuantification),
        new("above_quantification", row => row.Arm.AboveQuantification),
        new("excluded", row => row.Arm.Excluded),
        new("carried", row => row.Arm.Carried),
        new("with_range", row => row.Arm.WithRange),
        new("below_lower", row => row.Arm.BelowLower),
        new("above_upper", row => row.Arm.AboveUpper),
        new("compared_with", row => row.Comparison?.ArmB),
        new("t_pooled_p", row => row.Comparison?.TPooled is { HasP: true } test ? test.P : null),
        new("t_welch_p", row => row.Comparison?.TWelch is { HasP: true } test ? test.P : null),
        new("rank_sum_w", row => row.Comparison?.RankSum is { HasW: true } test ? test.W : null),
        new("rank_sum_p", row => row.Comparison?.RankSum is { HasP: true } test ? test.P : null),
        new("rank_sum_exact", row => row.Comparison?.RankSum.Exact),
        new("hodges_lehmann", row => row.Comparison?.HodgesLehmann is { HasEstimate: true } shift ? shift.Estimate : null),
        new("hodges_lehmann_low", row => row.Comparison?.HodgesLehmann is { HasLow: true } shift ? shift.Low : null),
        new("hodges_lehmann_high", row => row.Comparison?.HodgesLehmann is { HasHigh: true } shift ? shift.High : null),
    ];

    /// <summary>The columns of the table for people.</summary>
    public static readonly IReadOnlyList<Column<BiomarkerRow>> TableColumns =
    [
        new("visit", row => row.Visit.Visit),
        new("arm", row => row.Arm.Arm),
        new("n", row => row.Arm.N),
        new("missing", row => row.Arm.Missing),
        new("mean (SD)", row => !row.Arm.HasMean ? "" : row.Arm.HasSd
            ? $"{StatisticText.Number(row.Arm.Mean)} ({StatisticText.Number(row.Arm.Sd)})" : StatisticText.Number(row.Arm.Mean)),
        new("median (Q1, Q3)", row => row.Arm.HasMedian
            ? $"{StatisticText.Number(row.Arm.Median)} ({StatisticText.Number(row.Arm.Q1)}, {StatisticText.Number(row.Arm.Q3)})" : ""),
        new("min, max", row => row.Arm.HasMin ? $"{StatisticText.Number(row.Arm.Min)}, {StatisticText.Number(row.Arm.Max)}" : ""),
        new("bounds", row => row.Arm.BelowQuantification + row.Arm.AboveQuantification),
        new("above range", row => StatisticText.Share(row.Arm.AboveUpper, row.Arm.WithRange)),
        new("difference (95 % CI)", row => row.Comparison?.HodgesLehmann is { } shift
            ? StatisticText.WithInterval(
                StatisticText.Or(shift.HasEstimate, shift.Estimate), StatisticText.Or(shift.HasLow, shift.Low),
                StatisticText.Or(shift.HasHigh, shift.High), false, StatisticText.Number)
            : ""),
        new("p rank sum", row => row.Comparison?.RankSum is { HasP: true } test ? StatisticText.P(test.P) : ""),
        new("p t", row => row.Comparison?.TPooled is { HasP: true } test ? StatisticText.P(test.P) : ""),
    ];

    private BiomarkerComparison? Comparison => Visit.Comparison is { } found && found.ArmA == Arm.Arm ? found : null;

    /// <summary>The rows: the whole population, then the strata.</summary>
    public static IEnumerable<BiomarkerRow> Of(SummarizeBiomarkersResponse summary) =>
        Rows(summary, null, summary.Visits).Concat(summary.Strata.SelectMany(stratum => Rows(summary, stratum.Stratum, stratum.Visits)));

    /// <summary>The rows of one table.</summary>
    public static IEnumerable<BiomarkerRow> Rows(SummarizeBiomarkersResponse summary, string? stratum, IEnumerable<BiomarkerVisit> visits) =>
        visits.SelectMany(visit => visit.Arms.Select(arm => new BiomarkerRow(summary, stratum, visit, arm)));
}

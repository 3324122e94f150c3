using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary>One category in one arm at one visit, as a row of CSV. The comparison stands in the first row of its first arm.</summary>
internal sealed record CategoryRow(SummarizeCategoriesResponse Summary, string? Stratum, CategoryVisit Visit, CategoryArm Arm, int Category)
{
    /// <summary>The columns of CSV, with every digit.</summary>
    public static readonly IReadOnlyList<Column<CategoryRow>> Columns =
    [
        new("study", row => row.Summary.StudyId),
        new("test", row => row.Summary.Test),
        new("stratum", row => row.Stratum),
        new("visit", row => row.Visit.Visit),
        new("visit_number", row => row.Visit.VisitNumber),
        new("arm", row => row.Arm.Arm),
        new("category", row => row.Summary.Categories[row.Category]),
        new("subjects_in_category", row => row.Arm.Counts[row.Category]),
        new("n", row => row.Arm.N),
        new("subjects", row => row.Arm.Subjects),
        new("undecided", row => row.Arm.Undecided),
        new("missing", row => row.Arm.Missing),
        new("compared_with", row => row.Comparison?.ArmB),
        new("odds_ratio", row => row.Comparison is { HasOddsRatio: true } odds ? odds.OddsRatio : null),
        new("odds_ratio_low", row => row.Comparison is { HasLow: true } odds ? odds.Low : null),
        new("odds_ratio_high", row => row.Comparison is { HasHigh: true } odds ? odds.High : null),
        new("p", row => row.Comparison is { HasP: true } odds ? odds.P : null),
    ];

    private CategoryComparison? Comparison => Visit.Comparison is { } found && found.ArmA == Arm.Arm && Category == 0 ? found : null;

    /// <summary>The columns of the table for people: one a category.</summary>
    public static IReadOnlyList<Column<CategoryRow>> TableColumns(SummarizeCategoriesResponse summary) =>
    [
        new("visit", row => row.Visit.Visit),
        new("arm", row => row.Arm.Arm),
        .. summary.Categories.Select((name, i) => new Column<CategoryRow>(name, row => StatisticText.Share(row.Arm.Counts[i], row.Arm.N))),
        new("undecided", row => row.Arm.Undecided),
        new("missing", row => row.Arm.Missing),
        new("odds ratio (95 % CI)", row => row.Comparison is { } odds
            ? StatisticText.WithInterval(
                StatisticText.Or(odds.HasOddsRatio, odds.OddsRatio), StatisticText.Or(odds.HasLow, odds.Low),
                StatisticText.Or(odds.HasHigh, odds.High), false, StatisticText.Ratio)
            : ""),
        new("p", row => row.Comparison is { HasP: true } odds ? StatisticText.P(odds.P) : ""),
    ];

    /// <summary>The rows: the whole population, then the strata, each by category.</summary>
    public static IEnumerable<CategoryRow> Of(SummarizeCategoriesResponse summary) =>
        Arms(summary, null, summary.Visits)
            .Concat(summary.Strata.SelectMany(stratum => Arms(summary, stratum.Stratum, stratum.Visits)))
            .SelectMany(row => Enumerable.Range(0, summary.Categories.Count).Select(i => row with { Category = i }));

    /// <summary>One row an arm and visit.</summary>
    public static IEnumerable<CategoryRow> Arms(SummarizeCategoriesResponse summary, string? stratum, IEnumerable<CategoryVisit> visits) =>
        visits.SelectMany(visit => visit.Arms.Select(arm => new CategoryRow(summary, stratum, visit, arm, 0)));
}

using LabServer.Core.Statistics;

namespace LabServer.Core.Summaries;

/// <summary>Subjects with an event of one kind, each once at its worst grade.</summary>
/// <param name="Arms">One entry an arm, in the order of the table.</param>
/// <param name="Total">All arms together.</param>
/// <param name="Comparison">Subjects with any grade, first arm against second; null: not asked for.</param>
public sealed record Incidence(IReadOnlyList<GradeCounts> Arms, GradeCounts Total, IncidenceComparison? Comparison);

/// <summary>Two arms compared by their subjects with an event of any grade.</summary>
/// <param name="RiskDifference">Share of the first arm minus that of the second.</param>
/// <param name="OddsRatio">Odds of the first arm over those of the second.</param>
/// <param name="Test">Chi-square, or Fisher's exact where an expected count is under 5.</param>
public sealed record IncidenceComparison(RiskDifference RiskDifference, OddsRatio OddsRatio, AssociationTest Test)
{
    /// <summary>Compares.</summary>
    public static IncidenceComparison Of(TwoByTwo table) => new(table.RiskDifference(), table.OddsRatio(), table.Test());
}

using LabServer.Core.Statistics;

namespace LabServer.Core.Summaries;

/// <summary>A yes/no outcome of two arms, the first over the second.</summary>
public sealed record OutcomeComparison(string ArmA, string ArmB, OddsRatio OddsRatio, AssociationTest Test, RiskDifference RiskDifference)
{
    /// <summary>Compares two arms.</summary>
    public static OutcomeComparison Of(OutcomeArm a, OutcomeArm b)
    {
        var table = new TwoByTwo(a.Events, a.N, b.Events, b.N);
        return new OutcomeComparison(a.Arm, b.Arm, table.OddsRatio(), table.Test(), table.RiskDifference());
    }
}

using LabServer.Core.Statistics;

namespace LabServer.Core.Summaries;

/// <summary>Two arms at one visit, the first minus the second.</summary>
public sealed record BiomarkerComparison(
    string ArmA, string ArmB, TTest Pooled, TTest Welch, RankSumTest RankSum, HodgesLehmann HodgesLehmann)
{
    /// <summary>Compares the values of two arms.</summary>
    public static BiomarkerComparison Of(string armA, Sample a, string armB, Sample b) =>
        new(armA, armB, TTest.Pooled(a, b), TTest.Welch(a, b), RankSumTest.Of(a, b), HodgesLehmann.Of(a, b));
}

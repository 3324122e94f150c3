using LabServer.Core.Statistics;

namespace LabServer.Core.Summaries;

/// <summary>One visit of a table of an ordered outcome.</summary>
/// <param name="Visit">The visit.</param>
/// <param name="Arms">One entry an arm, in the order asked for.</param>
/// <param name="Comparison">Odds of a higher category in the first arm over the second, where there are exactly two arms; else null.</param>
public sealed record CategoryVisit(SummaryVisit Visit, IReadOnlyList<CategoryArm> Arms, ProportionalOdds? Comparison);

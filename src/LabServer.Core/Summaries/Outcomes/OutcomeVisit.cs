namespace LabServer.Core.Summaries;

/// <summary>One visit of a table of a yes/no outcome.</summary>
/// <param name="Visit">The visit.</param>
/// <param name="Arms">One entry an arm, in the order asked for.</param>
/// <param name="Comparison">The first arm over the second, where there are exactly two; else null.</param>
public sealed record OutcomeVisit(SummaryVisit Visit, IReadOnlyList<OutcomeArm> Arms, OutcomeComparison? Comparison);

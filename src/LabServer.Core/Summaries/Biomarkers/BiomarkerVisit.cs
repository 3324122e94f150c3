namespace LabServer.Core.Summaries;

/// <summary>One visit of a biomarker's table.</summary>
/// <param name="Visit">The visit.</param>
/// <param name="Arms">One entry an arm, in the order asked for.</param>
/// <param name="Comparison">The first arm against the second, where there are exactly two; else null.</param>
public sealed record BiomarkerVisit(SummaryVisit Visit, IReadOnlyList<BiomarkerArm> Arms, BiomarkerComparison? Comparison);

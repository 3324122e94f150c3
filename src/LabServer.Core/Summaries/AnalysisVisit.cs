namespace LabServer.Core.Summaries;

/// <summary>The visit a result is shown under.</summary>
/// <param name="Visit">AVISIT; empty: none.</param>
/// <param name="Number">AVISITN as text; empty: none.</param>
/// <param name="Source">Where it comes from.</param>
public readonly record struct AnalysisVisit(string Visit, string Number, VisitSource Source);

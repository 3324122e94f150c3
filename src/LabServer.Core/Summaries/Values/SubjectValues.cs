namespace LabServer.Core.Summaries;

/// <summary>What one subject has of a test.</summary>
/// <param name="Subject">The subject, of the safety population.</param>
/// <param name="Baseline">The record that grading takes for the baseline; null: none.</param>
/// <param name="Records">The record at each visit, in the order of <see cref="TestValues.Visits"/>; null: none.</param>
public sealed record SubjectValues(Subject Subject, VisitRecord? Baseline, IReadOnlyList<VisitRecord?> Records);

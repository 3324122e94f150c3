namespace LabServer.Core.Summaries;

/// <summary>The records of a subject by slot of their visit.</summary>
internal sealed record SubjectVisits(VisitRecord? Baseline, IReadOnlyDictionary<int, VisitRecord> BySlot, int WithoutVisit);

namespace LabServer.Core.Summaries;

/// <summary>The records of a subject by slot of their visit; slots that came up later are not in the array.</summary>
internal sealed record SubjectVisits(VisitRecord? Baseline, VisitRecord?[] BySlot, int WithoutVisit);

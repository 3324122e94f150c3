namespace LabServer.Core.Ingestion;

/// <summary>What was sent of a laboratory's ranges, understood.</summary>
/// <param name="Ranges">The full set, in order: those on file that it adds to, then those sent. Meaningless when there are faults.</param>
/// <param name="Faults">Every fault, by position.</param>
public sealed record CheckedRanges(IReadOnlyList<LaboratoryRange> Ranges, IReadOnlyList<RangeFault> Faults);

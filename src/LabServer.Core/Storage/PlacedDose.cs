namespace LabServer.Core.Storage;

/// <summary>A dose record with its place in time.</summary>
/// <param name="Dose">The record.</param>
/// <param name="StartUs">Start for ordering, in UTC microseconds: of a partial date the start of the period; without a date the last.</param>
public sealed record PlacedDose(Dose Dose, long StartUs);

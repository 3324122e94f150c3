using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>A range of a version.</summary>
/// <param name="Laboratory">Laboratory.</param>
/// <param name="Version">Version.</param>
/// <param name="Position">Position in the version, from 0.</param>
/// <param name="Range">The range.</param>
public sealed record RegisteredRange(string Laboratory, int Version, int Position, LaboratoryRange Range);

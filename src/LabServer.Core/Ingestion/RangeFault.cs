namespace LabServer.Core.Ingestion;

/// <summary>A fault of one range of an import.</summary>
/// <param name="Position">Position in what was sent, from 0.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Other">Position of the other range of an overlap; null: there is none, or it was on file before.</param>
public sealed record RangeFault(int Position, Fault Fault, int? Other = null);

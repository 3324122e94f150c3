using System.Text.Json.Serialization;

namespace LabServer.Core.Ingestion;

/// <summary>By how much two results of one subject that follow each other may differ before it is flagged.</summary>
/// <param name="Percent">More than this change, in percent of the earlier value, in either direction, is flagged.</param>
/// <param name="Hours">Only results at most this many hours apart are compared.</param>
public sealed record DeltaCheck(
    [property: JsonRequired] double Percent, [property: JsonRequired] int Hours);

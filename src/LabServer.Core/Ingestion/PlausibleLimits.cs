using System.Text.Json.Serialization;

namespace LabServer.Core.Ingestion;

/// <summary>
/// Between what values a result can be believed, in the test's standard unit, both included. They are far wider than any
/// reference range: what lies outside is a slip of the pen, of a unit or of a decimal point, or asks for a second look.
/// </summary>
/// <param name="Low">Lowest value that can be believed.</param>
/// <param name="High">Highest value that can be believed; over <paramref name="Low"/>.</param>
public sealed record PlausibleLimits(
    [property: JsonRequired] double Low, [property: JsonRequired] double High);

using System.Text.Json;

namespace LabServer.Core.Ingestion;

/// <summary>A rejected result as the reject log keeps it.</summary>
/// <param name="Sent">The result as sent, as JSON.</param>
/// <param name="Faults">Its faults, as JSON.</param>
internal sealed record RejectEntry(string Sent, string Faults)
{
    /// <summary>The entry of a result.</summary>
    public static RejectEntry Of(LabResult result, IReadOnlyList<Fault> faults) =>
        new(JsonSerializer.Serialize(result), JsonSerializer.Serialize(faults));
}

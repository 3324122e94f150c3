namespace LabServer.Core.Ingestion;

/// <summary>A rejected result as the reject log keeps it.</summary>
/// <param name="Sent">The result as sent, as JSON in UTF-8.</param>
/// <param name="Faults">Its faults, as JSON in UTF-8.</param>
internal sealed record RejectEntry(byte[] Sent, byte[] Faults);

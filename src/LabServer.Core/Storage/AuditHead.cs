namespace LabServer.Core.Storage;

/// <summary>Where the audit trail ends inside a transaction.</summary>
/// <param name="Number">Number of the last entry; 0: there is none.</param>
/// <param name="AtUs">Its time.</param>
/// <param name="Hash">Its hash.</param>
internal sealed record AuditHead(long Number, long AtUs, byte[] Hash);

namespace LabServer.Core.Audit;

/// <summary>An entry of the audit trail as it is on file.</summary>
public sealed record StoredAuditEntry
{
    /// <summary>Its place: 1 and up, without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>When, in microseconds; never before the entry before it.</summary>
    public required long AtUs { get; init; }

    /// <summary>What the clock said, where that was before the last entry: the clock had stepped back. Null: the same as <see cref="AtUs"/>.</summary>
    public long? ClockUs { get; init; }

    /// <summary>What was done.</summary>
    public required AuditEntry Entry { get; init; }

    /// <summary>Random bytes that keep the hash of the sealed fields from telling them; empty where nothing is sealed.</summary>
    public byte[] Salt { get; init; } = [];

    /// <summary>SHA-256 of salt and sealed fields; empty where nothing is sealed.</summary>
    public byte[] SealedHash { get; init; } = [];

    /// <summary>SHA-256 of the hash before it and this entry, see <see cref="AuditHash"/>.</summary>
    public required byte[] Hash { get; init; }
}

namespace LabServer.Core.Access;

/// <summary>A key that a caller sends. Its text is shown once, when it is made, and only its hash is kept.</summary>
public sealed record ApiKey
{
    /// <summary>Public part of the key, by which it is found.</summary>
    public required string KeyId { get; init; }

    /// <summary>Name of the caller, unique for ever: it is on what the caller does.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required Role Role { get; init; }

    /// <summary>Studies it is limited to, by id. Empty: all, also later ones.</summary>
    public IReadOnlyList<string> Studies { get; init; } = [];

    /// <summary>Laboratories it sends for and sees. Empty unless it is of the role laboratory.</summary>
    public IReadOnlyList<string> Laboratories { get; init; } = [];

    /// <summary>Studies whose arms it sees.</summary>
    public IReadOnlyList<string> UnblindedStudies { get; init; } = [];

    /// <summary>Why it was made; required when it sees arms.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>When, in UTC microseconds.</summary>
    public long CreatedUs { get; init; }

    /// <summary>From when on it is refused. Null: it does not expire.</summary>
    public long? ExpiresUs { get; init; }

    /// <summary>When it was revoked. Null: it was not.</summary>
    public long? RevokedUs { get; init; }

    /// <summary>Who revoked it; empty: nobody.</summary>
    public string RevokedBy { get; init; } = "";

    /// <summary>When it was last used, to about a minute. Null: never.</summary>
    public long? LastUsedUs { get; init; }

    /// <summary>Whether it is taken at a time.</summary>
    public bool IsValid(long nowUs) => RevokedUs is null && !(ExpiresUs <= nowUs);

    /// <summary>Who calls with it.</summary>
    public Caller ToCaller() => new(Name, Role)
    {
        Studies = Studies.Count == 0 ? null : Studies.ToHashSet(StringComparer.Ordinal),
        Laboratories = Role == Role.Laboratory ? Laboratories.ToHashSet(StringComparer.Ordinal) : null,
        UnblindedStudies = UnblindedStudies.ToHashSet(StringComparer.Ordinal),
    };
}

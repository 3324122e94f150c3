using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Keys;

/// <summary>How a key is written.</summary>
internal static class KeyColumns
{
    /// <summary>A key.</summary>
    public static readonly IReadOnlyList<Column<Key>> All =
    [
        new("name", key => key.Name),
        new("role", key => Roles.Word(key.Role)),
        new("studies", key => key.Studies),
        new("laboratories", key => key.Laboratories),
        new("unblinded_studies", key => key.UnblindedStudies),
        new("valid", key => key.Valid),
        new("expires_at", key => key.ExpiresAt?.ToDateTimeOffset()),
        new("last_used_at", key => key.LastUsedAt?.ToDateTimeOffset()),
        new("created_by", key => key.CreatedBy, InTable: false),
        new("created_at", key => key.CreatedAt?.ToDateTimeOffset(), InTable: false),
        new("revoked_at", key => key.RevokedAt?.ToDateTimeOffset(), InTable: false),
        new("revoked_by", key => key.RevokedBy, InTable: false),
        new("reason", key => key.Reason, InTable: false),
        new("key_id", key => key.KeyId, InTable: false),
    ];
}

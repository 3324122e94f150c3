using Google.Protobuf.WellKnownTypes;
using LabServer.Core;
using LabServer.Core.Access;
using V1 = LabServer.Api.V1;

namespace LabServer.Access;

/// <summary>Between the wire and the domain. Roles have the same numbers on both sides.</summary>
internal static class KeyMapping
{
    public static ApiKey ToKey(V1.CreateKeyRequest message, string createdBy) => new()
    {
        KeyId = "",
        Name = message.Name,
        Role = (Role)message.Role,
        Studies = [.. message.Studies.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        Laboratories = [.. message.Laboratories.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        UnblindedStudies = [.. message.UnblindedStudies.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        Reason = message.Reason,
        CreatedBy = createdBy,
        ExpiresUs = message.ExpiresAt is { } at ? Clock.ToUs(at.ToDateTimeOffset()) : null,
    };

    public static V1.Key ToMessage(ApiKey key, long nowUs) => new()
    {
        Name = key.Name,
        KeyId = key.KeyId,
        Role = (V1.Role)key.Role,
        Studies = { key.Studies },
        Laboratories = { key.Laboratories },
        UnblindedStudies = { key.UnblindedStudies },
        Reason = key.Reason,
        CreatedBy = key.CreatedBy,
        CreatedAt = Time(key.CreatedUs),
        ExpiresAt = Time(key.ExpiresUs),
        RevokedAt = Time(key.RevokedUs),
        RevokedBy = key.RevokedBy,
        LastUsedAt = Time(key.LastUsedUs),
        Valid = key.IsValid(nowUs),
    };

    public static V1.GetCallerResponse ToMessage(Caller caller) => new()
    {
        Name = caller.Name,
        Role = (V1.Role)caller.Role,
        AllStudies = caller.Studies is null,
        Studies = { (caller.Studies ?? new HashSet<string>()).Order(StringComparer.Ordinal) },
        Laboratories = { (caller.Laboratories ?? new HashSet<string>()).Order(StringComparer.Ordinal) },
        AllUnblinded = caller.Role == Role.Admin,
        UnblindedStudies = { caller.UnblindedStudies.Order(StringComparer.Ordinal) },
        Permissions = { System.Enum.GetValues<Permission>().Where(caller.May).Select(permission => permission.ToString()) },
    };

    private static Timestamp? Time(long? us) => us is { } at ? Clock.FromUs(at).ToTimestamp() : null;
}

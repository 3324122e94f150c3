using Google.Protobuf;
using LabServer.Core.Audit;
using LabServer.Grading;
using V1 = LabServer.Api.V1;

namespace LabServer.Audit;

internal static class AuditMapping
{
    public static V1.AuditEntry ToMessage(StoredAuditEntry stored) => new()
    {
        Number = stored.Number,
        At = EventMapping.ToTimestamp(stored.AtUs),
        ClockAt = stored.ClockUs is { } clockUs ? EventMapping.ToTimestamp(clockUs) : null,
        Caller = stored.Entry.Caller,
        Action = stored.Entry.Action,
        StudyId = stored.Entry.StudyId,
        Target = stored.Entry.Target,
        Before = stored.Entry.Before,
        After = stored.Entry.After,
        Reason = stored.Entry.Reason,
        SealedBefore = stored.Entry.SealedBefore,
        SealedAfter = stored.Entry.SealedAfter,
        Salt = ByteString.CopyFrom(stored.Salt),
        SealedSha256 = ByteString.CopyFrom(stored.SealedHash),
        Sha256 = ByteString.CopyFrom(stored.Hash),
    };

    public static V1.AuditAnchor ToMessage(AuditAnchor anchor) => new()
    {
        Number = anchor.Number,
        Sha256 = anchor.Hash,
        At = EventMapping.ToTimestamp(anchor.AtUs),
    };

    public static V1.AuditFault ToMessage(AuditFault fault) => new()
    {
        Number = fault.Number,
        Code = fault.WireCode,
        Message = fault.Message,
    };

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: not an anchor.</exception>
    public static AuditAnchor? ToAnchor(V1.AuditAnchor? message)
    {
        if (message is null)
        {
            return null;
        }

        var isHash = message.Sha256.Length == AuditHash.Length * 2 && message.Sha256.All(char.IsAsciiHexDigitLower);
        return message.Number >= 0 && isHash
            ? new AuditAnchor(message.Number, message.Sha256, 0)
            : throw RpcErrors.InvalidArgument("ANCHOR_MALFORMED", "anchor", "must have a number of at least 0 and a SHA-256 in lower-case hexadecimal");
    }
}

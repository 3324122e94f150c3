using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using LabServer.Api;
using LabServer.Api.Rpc;
using RpcStatus = LabServer.Api.Rpc.Status;
using Status = Grpc.Core.Status;

namespace LabServer;

/// <summary>
/// The only place that makes statuses. Each carries, in the trailer <c>grpc-status-details-bin</c>, an ErrorInfo with a
/// stable reason of the domain <c>labserver</c>, and what else the case needs.
/// </summary>
internal static class RpcErrors
{
    /// <summary>Domain of every reason.</summary>
    public const string Domain = "labserver";

    /// <summary>Metadata key of ErrorInfo: how many field violations were left out for want of room.</summary>
    public const string OmittedViolations = "omitted_violations";

    // grpcio refuses headers over 8 KiB in all, and the bytes of details grow by a third in base64.
    private const int DetailsLimit = 4096;
    private const int TextLimit = 256;

    /// <summary>The request is wrong in these fields; as many as fit are told.</summary>
    public static RpcException InvalidArgument(
        string reason, IEnumerable<(string Field, string Description)> violations)
    {
        var badRequest = new BadRequest();
        var omitted = 0;
        foreach (var (field, description) in violations)
        {
            var violation = new BadRequest.Types.FieldViolation { Field = Short(field), Description = Short(description) };
            if (badRequest.CalculateSize() + violation.CalculateSize() > DetailsLimit - (4 * TextLimit))
            {
                omitted++;
                continue;
            }

            badRequest.FieldViolations.Add(violation);
        }

        if (badRequest.FieldViolations.Count == 0)
        {
            throw new ArgumentException("A wrong request has at least one wrong field.", nameof(violations));
        }

        var first = badRequest.FieldViolations[0];
        var more = badRequest.FieldViolations.Count + omitted - 1;
        var message = more == 0
            ? $"{first.Field}: {first.Description}"
            : FormattableString.Invariant($"{first.Field}: {first.Description} (and {more} more)");
        var metadata = omitted == 0
            ? null
            : new Dictionary<string, string> { [OmittedViolations] = FormattableString.Invariant($"{omitted}") };
        return Error(StatusCode.InvalidArgument, reason, message, metadata, badRequest);
    }

    /// <summary>The request is wrong in one field.</summary>
    public static RpcException InvalidArgument(string reason, string field, string description) =>
        InvalidArgument(reason, [(field, description)]);

    /// <summary>What was sent is no message: not protobuf, not framed as gRPC is, or not compressed as it says.</summary>
    public static RpcException MessageUndecodable(string description) => InvalidArgument("MESSAGE_UNDECODABLE", "message", description);

    /// <summary>What was asked for is not there. The reason is the type: <c>STUDY_NOT_FOUND</c>.</summary>
    public static RpcException NotFound(string resourceType, string name) =>
        Error(
            StatusCode.NotFound,
            $"{UpperSnake(resourceType)}_NOT_FOUND",
            $"There is no {resourceType} '{name}'.",
            null,
            new ResourceInfo { ResourceType = resourceType, ResourceName = Short(name) });

    /// <summary>What was to be made is there. The reason is the type: <c>STUDY_ALREADY_EXISTS</c>.</summary>
    public static RpcException AlreadyExists(string resourceType, string name) =>
        Error(
            StatusCode.AlreadyExists,
            $"{UpperSnake(resourceType)}_ALREADY_EXISTS",
            $"There is a {resourceType} '{name}' already.",
            null,
            new ResourceInfo { ResourceType = resourceType, ResourceName = Short(name) });

    /// <summary>The state of the server does not allow it.</summary>
    public static RpcException FailedPrecondition(
        string reason, string message, IReadOnlyDictionary<string, string>? metadata = null) =>
        Error(StatusCode.FailedPrecondition, reason, message, metadata);

    /// <summary>A limit is reached. Without a time after which to try again the same request never fits.</summary>
    public static RpcException ResourceExhausted(
        string reason,
        string message,
        TimeSpan? retryAfter = null,
        IReadOnlyDictionary<string, string>? metadata = null) =>
        Error(StatusCode.ResourceExhausted, reason, message, metadata, Retry(retryAfter));

    /// <summary>A message is larger than one may be, as sent or unpacked. ResultPusher does not send it again.</summary>
    public static RpcException MessageTooLarge(int limit) => ResourceExhausted(
        "MESSAGE_TOO_LARGE",
        FormattableString.Invariant($"A message has more than {limit} bytes, the most there may be; nothing of it was stored. Send less in each."),
        metadata: new Dictionary<string, string> { ["limit_bytes"] = limit.ToString(CultureInfo.InvariantCulture) });

    /// <summary>Too many large messages of all callers are under way.</summary>
    public static RpcException TooManyLargeMessages() => ResourceExhausted(
        "TOO_MANY_LARGE_MESSAGES",
        "The server has as many large messages under way as it allows; nothing of this one was stored. Try again, or send less in each.",
        TimeSpan.FromSeconds(1));

    /// <summary>A compressed message becomes too many times its size: what no data does, and a bomb does.</summary>
    public static RpcException CompressedTooMuch(int ratio) => ResourceExhausted(
        "COMPRESSION_RATIO_EXCEEDED",
        FormattableString.Invariant($"A message becomes more than {ratio} times its size when unpacked; nothing of it was stored. Send it uncompressed."),
        metadata: new Dictionary<string, string> { ["limit_ratio"] = ratio.ToString(CultureInfo.InvariantCulture) });

    /// <summary>The server does not have what is called, or does not know how a message is compressed.</summary>
    public static RpcException Unimplemented(string reason, string message) => Error(StatusCode.Unimplemented, reason, message);

    /// <summary>Not possible now.</summary>
    public static RpcException Unavailable(string reason, string message, TimeSpan retryAfter) =>
        Error(StatusCode.Unavailable, reason, message, null, Retry(retryAfter));

    /// <summary>The server ends in good order; what was not acknowledged is not stored.</summary>
    public static RpcException ServerStopping() =>
        Unavailable("SERVER_STOPPING", "The server is stopping; send again what was not acknowledged.", TimeSpan.FromSeconds(5));

    /// <summary>The caller reads so slowly that the server does not hold what it needs for the answer any longer.</summary>
    public static RpcException ReaderTooSlow() => Error(
        StatusCode.Aborted, "READER_TOO_SLOW", "The answer was read too slowly and is ended. Call again, and read it as it comes.");

    /// <summary>The caller is not known.</summary>
    public static RpcException Unauthenticated(string reason, string message) =>
        Error(StatusCode.Unauthenticated, reason, message);

    /// <summary>The caller is known and may not do this.</summary>
    public static RpcException PermissionDenied(string reason, string message) =>
        Error(StatusCode.PermissionDenied, reason, message);

    /// <summary>Nothing was sent that says who calls.</summary>
    public static RpcException KeyMissing() => Unauthenticated("KEY_MISSING", "Send a key as 'authorization: Bearer KEY'.");

    /// <summary>What was sent is not a key of this server, or was one: which, is not said.</summary>
    public static RpcException KeyUnknown() => Unauthenticated("KEY_UNKNOWN", "The key that was sent is not a key of this server.");

    /// <summary>The caller's role, or its limits to studies, do not allow the call.</summary>
    public static RpcException PermissionMissing(string permission) => Error(
        StatusCode.PermissionDenied,
        "PERMISSION_MISSING",
        "Your key does not allow this call.",
        new Dictionary<string, string> { ["permission"] = permission });

    /// <summary>The caller went away, or cancelled.</summary>
    public static RpcException Cancelled() => Error(StatusCode.Cancelled, "CALL_CANCELLED", "The call was cancelled.");

    /// <summary>The caller's deadline has passed.</summary>
    public static RpcException DeadlineExceeded() =>
        Error(StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED", "The deadline of the call has passed.");

    /// <summary>A fault of the server. Its log has the cause under <paramref name="correlationId"/>.</summary>
    public static RpcException Internal(string correlationId) => Error(
        StatusCode.Internal,
        "INTERNAL",
        $"The server failed; its log has the cause under {correlationId}.",
        new Dictionary<string, string> { ["correlation_id"] = correlationId });

    private static RetryInfo[] Retry(TimeSpan? retryAfter) =>
        retryAfter is { } delay ? [new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }] : [];

    private static RpcException Error(
        StatusCode code,
        string reason,
        string message,
        IReadOnlyDictionary<string, string>? metadata = null,
        params IEnumerable<IMessage> more)
    {
        var info = new ErrorInfo { Reason = reason, Domain = Domain };
        foreach (var (key, value) in metadata ?? new Dictionary<string, string>())
        {
            info.Metadata.Add(key, Short(value));
        }

        message = Short(message, 2 * TextLimit);
        var status = new RpcStatus { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(info));
        status.Details.AddRange(more.Select(Any.Pack));
        var trailers = new Metadata { { RpcFault.DetailsTrailer, status.ToByteArray() } };
        return new RpcException(new Status(code, message), trailers);
    }

    private static string Short(string text, int limit = TextLimit) =>
        text.Length <= limit ? text : string.Concat(text.AsSpan(0, limit - 1), "…");

    private static string UpperSnake(string words) => words.ToUpperInvariant().Replace(' ', '_').Replace('-', '_');
}

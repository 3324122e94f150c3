using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using LabServer.Api.Rpc;
using Status = LabServer.Api.Rpc.Status;

namespace LabServer.Api;

/// <summary>A failed call as a client needs it: the status, and the details where the server sent any.</summary>
/// <param name="Code">Status code of the call.</param>
/// <param name="Message">In words, for a person.</param>
/// <param name="Reason">The cause, in upper snake case; empty where the server sent none.</param>
/// <param name="Metadata">Values that belong to the cause.</param>
/// <param name="Violations">Faulty fields of the request.</param>
/// <param name="ResourceType">Kind of the resource the failure is about; empty for none.</param>
/// <param name="ResourceName">Name of that resource.</param>
/// <param name="RetryAfter">When trying again may help; null where the server does not say.</param>
public sealed record RpcFault(
    StatusCode Code,
    string Message,
    string Reason,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<FieldFault> Violations,
    string ResourceType,
    string ResourceName,
    TimeSpan? RetryAfter)
{
    /// <summary>The trailer that carries the details: a serialised google.rpc.Status.</summary>
    public const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>Reads status and details. Details that cannot be read count as none, since the status is still true.</summary>
    public static RpcFault Read(RpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var details = Details(exception.Trailers);
        var info = First<ErrorInfo>(details);
        var resource = First<ResourceInfo>(details);
        return new RpcFault(
            exception.StatusCode,
            exception.Status.Detail,
            info?.Reason ?? "",
            info?.Metadata.ToDictionary() ?? [],
            [.. (First<BadRequest>(details)?.FieldViolations ?? []).Select(v => new FieldFault(v.Field, v.Description))],
            resource?.ResourceType ?? "",
            resource?.ResourceName ?? "",
            First<RetryInfo>(details)?.RetryDelay?.ToTimeSpan());
    }

    private static RepeatedField<Any> Details(Grpc.Core.Metadata trailers)
    {
        var entry = trailers.Get(DetailsTrailer);
        if (entry is null)
        {
            return [];
        }

        try
        {
            return Status.Parser.ParseFrom(entry.ValueBytes).Details;
        }
        catch (InvalidProtocolBufferException)
        {
            return [];
        }
    }

    private static T? First<T>(RepeatedField<Any> details)
        where T : class, IMessage, new()
    {
        foreach (var detail in details)
        {
            try
            {
                if (detail.TryUnpack<T>(out var message))
                {
                    return message;
                }
            }
            catch (InvalidProtocolBufferException)
            {
                return null;
            }
        }

        return null;
    }
}

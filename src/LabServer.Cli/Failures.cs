using Grpc.Core;
using LabServer.Api.Rpc;

namespace LabServer.Cli;

/// <summary>Says what went wrong in one or two sentences, and with which exit code.</summary>
internal static class Failures
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>Exit code and words for <paramref name="fault"/>.</summary>
    public static (int ExitCode, string Message) Describe(Exception fault, Func<string> server) => fault switch
    {
        UsageException => (ExitCode.Usage, fault.Message),
        CommandFailure => (ExitCode.Failed, fault.Message),
        OperationCanceledException => (ExitCode.Failed, "Cancelled."),
        RpcException { StatusCode: StatusCode.Unavailable } status =>
            (ExitCode.Unreachable, $"The server at {server()} is not reachable: {status.Status.Detail}"),
        RpcException status => (ExitCode.Failed, Words(status)),
        IOException or UnauthorizedAccessException => (ExitCode.Failed, fault.Message),
        _ => (ExitCode.Failed, $"Unexpected: {fault}"),
    };

    private static string Words(RpcException status)
    {
        var fields = Violations(status).Select(violation => $" {violation.Field}: {violation.Description}");
        return $"{Enums.Text(status.StatusCode)}: {status.Status.Detail}{string.Concat(fields)}";
    }

    private static IEnumerable<BadRequest.Types.FieldViolation> Violations(RpcException status)
    {
        if (status.Trailers.GetValueBytes(DetailsTrailer) is not { } bytes)
        {
            return [];
        }

        return Api.Rpc.Status.Parser.ParseFrom(bytes).Details
            .Where(detail => detail.Is(BadRequest.Descriptor))
            .SelectMany(detail => detail.Unpack<BadRequest>().FieldViolations);
    }
}

using System.Security.Authentication;
using Grpc.Core;
using LabServer.Api;
using LabServer.Core.Backups;

namespace LabServer.Cli;

/// <summary>Says what went wrong in one or two sentences, and with which exit code.</summary>
internal static class Failures
{
    /// <summary>Exit code and words for <paramref name="fault"/>.</summary>
    public static (int ExitCode, string Message) Describe(Exception fault, Func<string> server) => fault switch
    {
        UsageException => (ExitCode.Usage, fault.Message),
        CommandFailure or BackupException => (ExitCode.Failed, fault.Message),
        // Before the cancellation that it also is.
        TaskCanceledException { InnerException: TimeoutException } => (ExitCode.Unreachable, "The server does not answer in time."),
        HttpRequestException => (ExitCode.Unreachable, $"The server is not reachable: {(fault.InnerException as AuthenticationException ?? fault).Message}"),
        OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled } => (ExitCode.Failed, "Cancelled."),
        RpcException { StatusCode: StatusCode.Unavailable } status =>
            (ExitCode.Unreachable, $"The server at {server()} is not reachable: {Cause(status)}"),
        // A server that is not believed, or does not believe us, is one that no call reaches.
        RpcException { Status.DebugException: HttpRequestException { InnerException: AuthenticationException refused } } =>
            (ExitCode.Unreachable, $"The server at {server()} is not reachable: {refused.Message}"),
        RpcException status => (ExitCode.Failed, Words(RpcFault.Read(status))),
        IOException or UnauthorizedAccessException => (ExitCode.Failed, fault.Message),
        _ => (ExitCode.Failed, $"Unexpected: {fault}"),
    };

    // The status of a failed connection says only that it failed; the exception below it says how.
    private static string Cause(RpcException status) => status.Status.DebugException?.Message ?? status.Status.Detail;

    private static string Words(RpcFault fault)
    {
        // A message may name the fields already; then once is enough.
        var fields = fault.Violations
            .Where(violation => !fault.Message.Contains(violation.Description, StringComparison.Ordinal))
            .Select(violation => $" {violation.Field}: {violation.Description}");
        return $"{fault.Message}{string.Concat(fields)} ({(fault.Reason.Length > 0 ? fault.Reason : Enums.Text(fault.Code))})";
    }
}

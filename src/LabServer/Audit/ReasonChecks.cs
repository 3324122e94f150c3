using LabServer.Core.Audit;

namespace LabServer.Audit;

/// <summary>Reasons as callers give them with a change.</summary>
internal static class ReasonChecks
{
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: too long, or with control characters.</exception>
    public static string Checked(string reason) => reason.Length <= Author.LongestReason && !reason.Any(char.IsControl)
        ? reason
        : throw RpcErrors.InvalidArgument("REASON_MALFORMED", "reason", $"must be at most {Author.LongestReason} characters without control characters");
}

namespace LabServer.Audit;

/// <summary>Reasons as callers give them with a change.</summary>
internal static class ReasonChecks
{
    public const int MaximumLength = 1000;

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: too long, or with control characters.</exception>
    public static string Checked(string reason) => reason.Length <= MaximumLength && !reason.Any(char.IsControl)
        ? reason
        : throw RpcErrors.InvalidArgument("REASON_MALFORMED", "reason", $"must be at most {MaximumLength} characters without control characters");
}

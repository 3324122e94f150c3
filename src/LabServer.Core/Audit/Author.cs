namespace LabServer.Core.Audit;

/// <summary>Who makes a change, and why: what every entry of the audit trail says besides the change itself.</summary>
/// <param name="Caller">Name of the caller, as the access check found it.</param>
/// <param name="Reason">In the caller's words; may be empty.</param>
public sealed record Author(string Caller, string Reason = "")
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 1000;

    /// <summary>The server itself: what it does by schedule, at start and in grading.</summary>
    public static Author Server { get; } = new("(server)");
}

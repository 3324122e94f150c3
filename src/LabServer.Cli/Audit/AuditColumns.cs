using LabServer.Api.V1;
using LabServer.Cli.Alerts;
using LabServer.Cli.Output;

namespace LabServer.Cli.Audit;

/// <summary>How entries of the trail, and what is wrong with it, are written.</summary>
internal static class AuditColumns
{
    /// <summary>An entry. Times to the microsecond: they are hashed.</summary>
    public static readonly IReadOnlyList<Column<AuditEntry>> Entries =
    [
        new("number", entry => entry.Number),
        new("at", entry => ChangeTimes.Text(entry.At)),
        new("clock_at", entry => ChangeTimes.Text(entry.ClockAt), InTable: false),
        new("caller", entry => entry.Caller),
        new("action", entry => entry.Action),
        new("study_id", entry => entry.StudyId),
        new("target", entry => entry.Target),
        new("before", entry => entry.Before, InTable: false),
        new("after", entry => entry.After, InTable: false),
        new("reason", entry => entry.Reason),
        new("sealed_before", entry => entry.SealedBefore, InTable: false),
        new("sealed_after", entry => entry.SealedAfter, InTable: false),
        new("salt", entry => Hex(entry.Salt), InTable: false),
        new("sealed_sha256", entry => Hex(entry.SealedSha256), InTable: false),
        new("sha256", entry => Hex(entry.Sha256), InTable: false),
    ];

    /// <summary>What is wrong.</summary>
    public static readonly IReadOnlyList<Column<AuditFault>> Faults =
    [
        new("number", fault => fault.Number),
        new("code", fault => fault.Code),
        new("message", fault => fault.Message),
    ];

    private static string Hex(Google.Protobuf.ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}

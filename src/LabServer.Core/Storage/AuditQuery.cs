namespace LabServer.Core.Storage;

/// <summary>Which entries of the audit trail, newest first.</summary>
public sealed record AuditQuery
{
    /// <summary>Only of this study; empty: all, with those of no study.</summary>
    public string StudyId { get; init; } = "";

    /// <summary>Only of these studies; null: of all, with those of no study.</summary>
    public IReadOnlySet<string>? Studies { get; init; }

    /// <summary>Only by this caller; empty: all.</summary>
    public string Caller { get; init; } = "";

    /// <summary>Only of this action; empty: all.</summary>
    public string Action { get; init; } = "";

    /// <summary>From this time on, in microseconds.</summary>
    public long FromUs { get; init; } = long.MinValue;

    /// <summary>Before this time, in microseconds.</summary>
    public long ToUs { get; init; } = long.MaxValue;

    /// <summary>Only entries before this number.</summary>
    public long Before { get; init; } = long.MaxValue;

    /// <summary>At most this many.</summary>
    public int Take { get; init; } = int.MaxValue;
}

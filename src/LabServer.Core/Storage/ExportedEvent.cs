using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>An adverse event with the last that was said of it. Texts are as sent; an empty one was not.</summary>
internal sealed record ExportedEvent
{
    public string EventId { get; init; } = "";

    /// <summary>Null: reported.</summary>
    public long? TermKey { get; init; }

    public long OnsetUs { get; init; }

    public string Onset { get; init; } = "";

    /// <summary>When the last result of the run was collected; empty for a reported event.</summary>
    public string LastAt { get; init; } = "";

    public string EndedAt { get; init; } = "";

    public long Grade { get; init; }

    /// <summary>The sender's id of the onset result, or the reporter's id of the report.</summary>
    public string ReferenceId { get; init; } = "";

    /// <summary>Laboratory of the onset result.</summary>
    public string Laboratory { get; init; } = "";

    public string ReportedTerm { get; init; } = "";

    public string CodedTerm { get; init; } = "";

    public string SystemOrganClass { get; init; } = "";

    public string Fingerprint { get; init; } = "";

    /// <summary>Null: not reviewed.</summary>
    public string? ReviewedFingerprint { get; init; }

    public long Relatedness { get; init; }

    public long Serious { get; init; }

    public long Outcome { get; init; }

    public bool IsReported => TermKey is null;

    public ReviewState ReviewState => ReviewedFingerprint is null ? ReviewState.NotReviewed
        : ReviewedFingerprint == Fingerprint ? ReviewState.Reviewed
        : ReviewState.Reopened;

    public ResultOrder Order => new(ReferenceId, Laboratory);
}

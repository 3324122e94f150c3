namespace LabServer.Core.Grading;

/// <summary>
/// An adverse event: a run of results worse than at baseline, from first dose on; or a clinical event that was reported.
/// </summary>
/// <param name="EventId">Stable; survives regrading.</param>
/// <param name="RuleSetId">Rule set; empty for a reported event.</param>
/// <param name="SubjectId">USUBJID.</param>
/// <param name="Term">AEDECOD with its direction and system organ class.</param>
/// <param name="Onset">AESTDTC: collection date of the first result of the run, as sent; or as reported.</param>
/// <param name="EndedAt">AEENDTC: collection date of the first gradable result after the run, as sent; null: ongoing.</param>
/// <param name="BaselineGrade">Grade at baseline; null: none.</param>
/// <param name="WorstGrade">AETOXGR.</param>
/// <param name="OnsetUs">Onset for ordering.</param>
/// <param name="History">The run in time order; empty for a reported event.</param>
public sealed record AdverseEvent(
    string EventId,
    string RuleSetId,
    string SubjectId,
    EventTerm Term,
    string Onset,
    string? EndedAt,
    int? BaselineGrade,
    int WorstGrade,
    long OnsetUs,
    IReadOnlyList<GradePoint> History)
{
    /// <summary>Where it comes from.</summary>
    public EventSource Source { get; init; } = EventSource.Graded;

    /// <summary>What it looks like, see <see cref="EventFingerprint"/>.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Whether it is gone: grading does not find it any more, or its report was withdrawn.</summary>
    public bool Removed { get; init; }

    /// <summary>What was reported; null for a graded event.</summary>
    public EventReport? Reported { get; init; }

    /// <summary>The newest review; null: none.</summary>
    public EventReview? Review { get; init; }

    /// <summary>Whether it is reviewed as it is.</summary>
    public ReviewState ReviewState => Review is null ? ReviewState.NotReviewed
        : Removed || Review.Fingerprint != Fingerprint ? ReviewState.Reopened
        : ReviewState.Reviewed;
}

/// <summary>One result of an event.</summary>
public sealed record GradePoint
{
    /// <summary>LBDTC for ordering.</summary>
    public long CollectedUs { get; init; }

    /// <summary>LBDTC as sent.</summary>
    public string CollectedAt { get; init; } = "";

    /// <summary>Grade 1 to 4.</summary>
    public int Grade { get; init; }

    /// <summary>Laboratory of the result.</summary>
    public string Laboratory { get; init; } = "";

    /// <summary>The sender's id of the result.</summary>
    public string SourceResultId { get; init; } = "";
}

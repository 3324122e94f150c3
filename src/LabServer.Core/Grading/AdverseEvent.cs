namespace LabServer.Core.Grading;

/// <summary>A treatment-emergent adverse event: a run of results worse than at baseline.</summary>
/// <param name="EventId">Stable; survives regrading.</param>
/// <param name="RuleSetId">Rule set.</param>
/// <param name="SubjectId">USUBJID.</param>
/// <param name="Term">AEDECOD with its direction and system organ class.</param>
/// <param name="Onset">AESTDTC: collection date of the first result of the run, as sent.</param>
/// <param name="EndedAt">AEENDTC: collection date of the first gradable result after the run, as sent; null: ongoing.</param>
/// <param name="BaselineGrade">Grade at baseline; null: none.</param>
/// <param name="WorstGrade">AETOXGR.</param>
/// <param name="OnsetUs">Onset for ordering.</param>
/// <param name="History">The run in time order.</param>
public sealed record AdverseEvent(
    string EventId,
    string RuleSetId,
    string SubjectId,
    Term Term,
    string Onset,
    string? EndedAt,
    int? BaselineGrade,
    int WorstGrade,
    long OnsetUs,
    IReadOnlyList<GradePoint> History);

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

using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>One row of SDTM AE: an event that grading found, or that was reported.</summary>
internal sealed record AeRow
{
    public required string StudyId { get; init; }

    public required string SubjectId { get; init; }

    /// <summary>AESEQ: from 1 in each subject, by onset.</summary>
    public required int Sequence { get; init; }

    public required string EventId { get; init; }

    /// <summary>The sender's id of the onset result, or the id of the report.</summary>
    public required string ReferenceId { get; init; }

    public required EventSource Source { get; init; }

    /// <summary>AETERM: the reporter's words, or the term of the rule set.</summary>
    public required string ReportedTerm { get; init; }

    /// <summary>AEDECOD: the coded term, or the term of the rule set; empty: not coded.</summary>
    public required string CodedTerm { get; init; }

    public required string SystemOrganClass { get; init; }

    public required string Onset { get; init; }

    /// <summary>Empty: ongoing, or not known.</summary>
    public required string EndedAt { get; init; }

    /// <summary>AEENTPT: when a graded event without an end was last seen; else empty.</summary>
    public required string OngoingAt { get; init; }

    public required StudyDays? OnsetDays { get; init; }

    public required StudyDays? EndDays { get; init; }

    public required int Grade { get; init; }

    public required YesNo Serious { get; init; }

    public required Relatedness Relatedness { get; init; }

    public required EventOutcome Outcome { get; init; }

    public required ReviewState ReviewState { get; init; }

    /// <summary>What tables count it under.</summary>
    public string Term => (CodedTerm.Length > 0 ? CodedTerm : ReportedTerm).Trim();
}

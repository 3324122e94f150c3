namespace LabServer.Core.Grading;

/// <summary>A clinical event as a person reported it. Texts are as sent; empty means not said.</summary>
public sealed record EventReport
{
    /// <summary>The reporter's id, unique in the study; empty: the server makes one.</summary>
    public string ReportId { get; init; } = "";

    /// <summary>AESPID of the event in the export of a LabServer that the report was read from; empty: from none. Not stored.</summary>
    public string ExportedEventId { get; init; } = "";

    /// <summary>USUBJID.</summary>
    public required string SubjectId { get; init; }

    /// <summary>AETERM: the reporter's words.</summary>
    public required string ReportedTerm { get; init; }

    /// <summary>AEDECOD; empty: not coded.</summary>
    public string CodedTerm { get; init; } = "";

    /// <summary>AEBODSYS.</summary>
    public string SystemOrganClass { get; init; } = "";

    /// <summary>AESTDTC, ISO 8601, may be partial.</summary>
    public required string Onset { get; init; }

    /// <summary>AEENDTC, ISO 8601, may be partial; empty: ongoing, or not known.</summary>
    public string EndedAt { get; init; } = "";

    /// <summary>AETOXGR, 1 to 5.</summary>
    public required int Grade { get; init; }

    /// <summary>AESER.</summary>
    public YesNo Serious { get; init; }

    /// <summary>AEREL as the reporter sees it.</summary>
    public Relatedness Relatedness { get; init; }

    /// <summary>AEOUT.</summary>
    public EventOutcome Outcome { get; init; }

    /// <summary>In the reporter's words.</summary>
    public string Comment { get; init; } = "";

    /// <summary>From 1; a correction is a new one.</summary>
    public int Version { get; init; }

    /// <summary>Whether it was taken back.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>Who reported this version.</summary>
    public string ReportedBy { get; init; } = "";

    /// <summary>When, in UTC microseconds.</summary>
    public long ReportedUs { get; init; }

    /// <summary>What tables call it: the coded term, else the reported one.</summary>
    public EventTerm Term => new(CodedTerm.Length > 0 ? CodedTerm : ReportedTerm, SystemOrganClass, null);
}

namespace LabServer.Core;

/// <summary>
/// A dose record of a subject (a row of SDTM EX), every text as sent. <see cref="Treatment"/> names what was given, and so
/// tells the arm.
/// </summary>
public sealed record Dose
{
    /// <summary>USUBJID.</summary>
    public required string SubjectId { get; init; }

    /// <summary>The sender's own id of the record, unique for the subject (EXSEQ). Sent again it is the same record.</summary>
    public required string DoseId { get; init; }

    /// <summary>EXTRT.</summary>
    public string Treatment { get; init; } = "";

    /// <summary>EXDOSE, a number of at least 0; empty: not said.</summary>
    public string Amount { get; init; } = "";

    /// <summary>EXDOSU.</summary>
    public string Unit { get; init; } = "";

    /// <summary>EXSTDTC, ISO 8601, may be partial. Empty only where no dose was given.</summary>
    public string StartAt { get; init; } = "";

    /// <summary>EXENDTC, ISO 8601, may be partial. Empty: not said, or it goes on.</summary>
    public string EndAt { get; init; } = "";

    /// <summary>VISIT.</summary>
    public string Visit { get; init; } = "";

    /// <summary>VISITNUM as text.</summary>
    public string VisitNumber { get; init; } = "";

    /// <summary>Whether the record says that the dose was not given (EXOCCUR of <c>N</c>, EXSTAT of <c>NOT DONE</c>).</summary>
    public bool NotGiven { get; init; }
}

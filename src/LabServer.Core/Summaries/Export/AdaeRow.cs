namespace LabServer.Core.Summaries;

/// <summary>One row of ADaM ADAE: an event with what its analysis asks.</summary>
/// <param name="Event">The event as in AE.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="TreatmentEmergent">TRTEMFL.</param>
internal sealed record AdaeRow(AeRow Event, Subject Subject, bool TreatmentEmergent)
{
    /// <summary>First and worst treatment-emergent event of the subject.</summary>
    public bool FirstOfSubject { get; set; }

    public bool WorstOfSubject { get; set; }

    /// <summary>Of the subject and system organ class.</summary>
    public bool FirstOfClass { get; set; }

    public bool WorstOfClass { get; set; }

    /// <summary>Of the subject and term.</summary>
    public bool FirstOfTerm { get; set; }

    public bool WorstOfTerm { get; set; }
}

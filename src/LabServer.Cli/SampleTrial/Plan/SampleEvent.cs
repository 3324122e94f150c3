namespace LabServer.Cli.SampleTrial;

/// <summary>A clinical event as it is reported.</summary>
/// <param name="Subject">Who has it.</param>
/// <param name="Planned">What it is.</param>
/// <param name="Onset">AESTDTC.</param>
/// <param name="End">AEENDTC; null: ongoing.</param>
/// <param name="Grade">AETOXGR.</param>
/// <param name="Relatedness">AEREL.</param>
internal sealed record SampleEvent(
    SampleSubject Subject, PlannedClinicalEvent Planned, DateOnly Onset, DateOnly? End, int Grade, string Relatedness)
{
    /// <summary>AESER: the severe ones are.</summary>
    public bool IsSerious => Grade >= 3;

    /// <summary>AEOUT.</summary>
    public string Outcome => End is null ? "RECOVERING/RESOLVING" : "RECOVERED/RESOLVED";
}

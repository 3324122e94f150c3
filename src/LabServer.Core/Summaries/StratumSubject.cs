namespace LabServer.Core.Summaries;

/// <summary>A subject as summaries count it.</summary>
/// <param name="SubjectKey">Its key in the database.</param>
/// <param name="SubjectId">USUBJID.</param>
/// <param name="Arm">ACTARM; empty: not known.</param>
/// <param name="FirstDoseAt">RFXSTDTC, never empty.</param>
/// <param name="Stratum">Its value of what the summary is split by; empty: none, or not split.</param>
public sealed record StratumSubject(long SubjectKey, string SubjectId, string Arm, string FirstDoseAt, string Stratum);

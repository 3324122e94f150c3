namespace LabServer.Core.Storage;

/// <summary>An adverse event as stored, within its series.</summary>
internal sealed record EventRow(
    long TermKey,
    long OnsetUs,
    long OnsetResultKey,
    long LastResultKey,
    long? EndResultKey,
    long? BaselineGrade,
    long WorstGrade,
    string EventId,
    string Fingerprint);

namespace LabServer.Core.Storage;

/// <summary>What became of a report.</summary>
/// <param name="Disposition">What was done with it.</param>
/// <param name="EventId">The event; empty when it was rejected.</param>
/// <param name="Faults">Why it was rejected.</param>
public sealed record ReportOutcome(ReportDisposition Disposition, string EventId, IReadOnlyList<Fault> Faults)
{
    /// <summary>Fingerprint of the event when it is not the one that the caller looked at, and so was left alone; else empty.</summary>
    public string ChangedTo { get; init; } = "";
}

/// <summary>What was done with a report. The numbers are those of the wire.</summary>
public enum ReportDisposition
{
    /// <summary>A new event.</summary>
    Created = 1,

    /// <summary>It was on file, the same.</summary>
    Duplicate = 2,

    /// <summary>A new version of an event on file.</summary>
    Amended = 3,

    /// <summary>Not taken.</summary>
    Rejected = 4,
}

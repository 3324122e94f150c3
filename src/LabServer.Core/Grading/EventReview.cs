namespace LabServer.Core.Grading;

/// <summary>What a safety officer said of an event.</summary>
public sealed record EventReview
{
    /// <summary>Number of the review of this event, from 1.</summary>
    public int Revision { get; init; }

    /// <summary>AEREL.</summary>
    public required Relatedness Relatedness { get; init; }

    /// <summary>AESER; unknown: not said.</summary>
    public YesNo Serious { get; init; }

    /// <summary>AEOUT.</summary>
    public required EventOutcome Outcome { get; init; }

    /// <summary>In the officer's words; may be empty.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Who reviewed.</summary>
    public string Reviewer { get; init; } = "";

    /// <summary>When, in UTC microseconds.</summary>
    public long ReviewedUs { get; init; }

    /// <summary>Fingerprint of the event as it was reviewed.</summary>
    public string Fingerprint { get; init; } = "";
}

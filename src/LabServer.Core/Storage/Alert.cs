namespace LabServer.Core.Storage;

/// <summary>Something that somebody must look at.</summary>
public sealed record Alert
{
    /// <summary>Its place in the order in which alerts were raised.</summary>
    public long AlertKey { get; init; }

    /// <summary>Made of what it is about: the same cause has the same id, however often it is found.</summary>
    public required string AlertId { get; init; }

    /// <summary>What it is about.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>The grade of an event that called for it; of a critical value, the <see cref="Ingestion.CriticalSide"/>.</summary>
    public required int Level { get; init; }

    /// <summary>Whether somebody must look.</summary>
    public required AlertState State { get; init; }

    /// <summary>USUBJID.</summary>
    public required string SubjectId { get; init; }

    /// <summary>The event; empty for a critical value.</summary>
    public string EventId { get; init; } = "";

    /// <summary>Rule set of the event; empty for a reported event and for a critical value.</summary>
    public string RuleSetId { get; init; } = "";

    /// <summary>Laboratory of the critical value; empty for an event.</summary>
    public string Laboratory { get; init; } = "";

    /// <summary>The sender's id of the critical value; empty for an event.</summary>
    public string SourceResultId { get; init; } = "";

    /// <summary>Term of the event, or key of the test.</summary>
    public required string What { get; init; }

    /// <summary>The critical value and its unit as sent; empty for an event.</summary>
    public string Value { get; init; } = "";

    /// <summary>Onset of the event, or collection of the specimen, as sent.</summary>
    public required string HappenedAt { get; init; }

    /// <summary>When it was first raised, in UTC microseconds.</summary>
    public required long RaisedUs { get; init; }

    /// <summary>When its state last changed.</summary>
    public required long ChangedUs { get; init; }

    /// <summary>Who acknowledged it; empty unless acknowledged.</summary>
    public string AcknowledgedBy { get; init; } = "";

    /// <summary>When; null unless acknowledged.</summary>
    public long? AcknowledgedUs { get; init; }

    /// <summary>What was said at the acknowledgement.</summary>
    public string Comment { get; init; } = "";
}

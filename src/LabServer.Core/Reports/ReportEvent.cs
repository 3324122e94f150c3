namespace LabServer.Core.Reports;

/// <summary>An event to which something happened since the report before.</summary>
internal sealed record ReportEvent
{
    public required string EventId { get; init; }

    /// <summary>Rule set; empty for a reported event.</summary>
    public required string RuleSet { get; init; }

    public required string SubjectId { get; init; }

    public required string Term { get; init; }

    public required string SystemOrganClass { get; init; }

    /// <summary>What became of it.</summary>
    public required EventNews News { get; init; }

    /// <summary>Worst grade when the report before was made; null: it was not there.</summary>
    public int? GradeBefore { get; init; }

    /// <summary>Worst grade now; of one that is gone, as it last was.</summary>
    public required int Grade { get; init; }

    public required string Onset { get; init; }

    /// <summary>Null: ongoing.</summary>
    public string? EndedAt { get; init; }

    /// <summary>What differs, in words; empty for a new one.</summary>
    public string What { get; init; } = "";

    /// <summary>Whether a person calls it serious: <c>Y</c>, <c>N</c> or empty.</summary>
    public string Serious { get; init; } = "";

    /// <summary>When the last of it happened.</summary>
    public required string ChangedAt { get; init; }

    /// <summary>Whether it is of grade 3 or more, and was not, or not so high, before.</summary>
    public bool IsNewSevere => News != EventNews.Removed && Grade >= 3 && (GradeBefore ?? 0) < Grade;
}

/// <summary>What became of an event since the report before. In the order in which they are listed.</summary>
internal enum EventNews
{
    /// <summary>It was not there.</summary>
    New,

    /// <summary>Its worst grade is higher.</summary>
    Worse,

    /// <summary>It differs otherwise.</summary>
    Changed,

    /// <summary>It is there no more, or its report was withdrawn.</summary>
    Removed,

    /// <summary>Only its review was made, or opened again.</summary>
    Review,
}

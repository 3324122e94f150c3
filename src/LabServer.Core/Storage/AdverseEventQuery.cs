namespace LabServer.Core.Storage;

/// <summary>Which adverse events to list.</summary>
public sealed record AdverseEventQuery
{
    /// <summary>The study.</summary>
    public required long StudyKey { get; init; }

    /// <summary>Only this rule set; empty: all.</summary>
    public string RuleSetId { get; init; } = "";

    /// <summary>Only this subject; empty: all.</summary>
    public string SubjectId { get; init; } = "";

    /// <summary>Only events at least this bad.</summary>
    public int MinimumGrade { get; init; }

    /// <summary>Behind this subject; empty: from the start. With the next three the place of the last event seen.</summary>
    public string AfterSubject { get; init; } = "";

    /// <summary>Behind this term.</summary>
    public string AfterTerm { get; init; } = "";

    /// <summary>Behind this onset.</summary>
    public long AfterUs { get; init; }

    /// <summary>Behind this event.</summary>
    public string AfterEvent { get; init; } = "";

    /// <summary>At most this many.</summary>
    public required int Take { get; init; }
}

using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Which adverse events to list.</summary>
public sealed record AdverseEventQuery
{
    /// <summary>The study.</summary>
    public required long StudyKey { get; init; }

    /// <summary>Of graded events only those of this rule set; empty: all. Reported events are under none and always there.</summary>
    public string RuleSetId { get; init; } = "";

    /// <summary>Only this subject; empty: all.</summary>
    public string SubjectId { get; init; } = "";

    /// <summary>Only this event; empty: all.</summary>
    public string EventId { get; init; } = "";

    /// <summary>Only events at least this bad.</summary>
    public int MinimumGrade { get; init; }

    /// <summary>Only events from there; null: from anywhere.</summary>
    public EventSource? Source { get; init; }

    /// <summary>Only events in this state of review; null: in any.</summary>
    public ReviewState? ReviewState { get; init; }

    /// <summary>Also events that are gone.</summary>
    public bool IncludeRemoved { get; init; }

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

using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>One thing that happened to a subject: exactly one of result, dose and event.</summary>
public sealed record ProfileEntry
{
    /// <summary>When, as sent: collection, start of the dose, onset; empty: a dose that was not given, without a date.</summary>
    public required string At { get; init; }

    /// <summary>When, for ordering: of a partial date the start of the period it can mean.</summary>
    public required long AtUs { get; init; }

    /// <summary>Study day; null: not certain, or the subject was not dosed.</summary>
    public int? StudyDay { get; init; }

    /// <summary>A result.</summary>
    public ProfileResult? Result { get; init; }

    /// <summary>A dose.</summary>
    public Dose? Dose { get; init; }

    /// <summary>An adverse event, graded or reported, with its newest review.</summary>
    public AdverseEvent? Event { get; init; }
}

using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>What became of a review.</summary>
/// <param name="Event">The event after it; null: the study has none of that id.</param>
/// <param name="Refusal">Why it was not taken.</param>
public sealed record ReviewOutcome(AdverseEvent? Event, ReviewRefusal Refusal);

/// <summary>Why a review was not taken.</summary>
public enum ReviewRefusal
{
    /// <summary>It was taken.</summary>
    None,

    /// <summary>The study has no such event.</summary>
    NotFound,

    /// <summary>The event is gone.</summary>
    Removed,

    /// <summary>The event is not the one that the reviewer looked at.</summary>
    Changed,
}

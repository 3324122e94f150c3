using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>An event with all that is on file of it, as of one moment.</summary>
/// <param name="Event">The event as it is; of one that is gone, as it last was.</param>
/// <param name="Reviews">Its reviews, oldest first.</param>
/// <param name="Changes">What happened to it, oldest first.</param>
/// <param name="Reports">Versions of a reported event, oldest first; empty for a graded one.</param>
public sealed record WholeEvent(
    AdverseEvent Event, IReadOnlyList<EventReview> Reviews, IReadOnlyList<EventChange> Changes, IReadOnlyList<EventReport> Reports);

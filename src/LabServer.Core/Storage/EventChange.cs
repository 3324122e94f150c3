using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>One thing that happened to an event.</summary>
/// <param name="ChangeKey">Its place in the log: grows with the order of the commits.</param>
/// <param name="Kind">What happened.</param>
/// <param name="AtUs">When, in UTC microseconds.</param>
/// <param name="Cause">What brought it about: <c>GRADING</c>, <c>REVIEW</c> or <c>REPORT</c>.</param>
/// <param name="MadeBy">Who, when it was a person; else empty.</param>
/// <param name="Event">The event after it; of a removed one, the event as it last was.</param>
public sealed record EventChange(long ChangeKey, EventChangeKind Kind, long AtUs, string Cause, string MadeBy, AdverseEvent Event);

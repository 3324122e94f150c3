namespace LabServer.Jobs;

/// <summary>A job as it is scheduled.</summary>
/// <param name="Job">Its name.</param>
/// <param name="StudyId">STUDYID; empty for all studies.</param>
/// <param name="Schedule">When it runs, for a person.</param>
/// <param name="NextFireAt">When it fires next; null when it does not by itself.</param>
/// <param name="IsNightly">Whether it has a time of the day, and not an interval or none.</param>
internal sealed record ScheduledJob(string Job, string StudyId, string Schedule, DateTimeOffset? NextFireAt, bool IsNightly);

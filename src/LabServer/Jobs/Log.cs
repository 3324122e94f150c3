using LabServer.Core.Storage;

namespace LabServer.Jobs;

internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "{Job} run {RunId} started, study '{StudyId}', {Trigger}")]
    public static partial void RunStarted(this ILogger logger, string job, string runId, string studyId, JobTrigger trigger);

    [LoggerMessage(4001, LogLevel.Information, "{Job} run {RunId} ended {State} after {Duration}: {Series} series, {Differences} differences")]
    public static partial void RunEnded(
        this ILogger logger, string job, string runId, JobRunState state, TimeSpan duration, long series, long differences);

    [LoggerMessage(4002, LogLevel.Error, "{Job} run {RunId} failed, study '{StudyId}'; the next run takes up the rest")]
    public static partial void RunFailed(this ILogger logger, Exception exception, string job, string runId, string studyId);

    [LoggerMessage(4003, LogLevel.Warning, "Progress of run {RunId} could not be noted")]
    public static partial void ProgressNotNoted(this ILogger logger, Exception exception, string runId);

    [LoggerMessage(4004, LogLevel.Warning, "{Runs} runs were interrupted when the server was killed; they are fired again")]
    public static partial void RunsInterrupted(this ILogger logger, int runs);

    [LoggerMessage(4005, LogLevel.Error, "Study '{StudyId}' has no nightly {Job}: '{Cron}' is not a cron expression")]
    public static partial void CronUnusable(this ILogger logger, string studyId, string job, string cron);

    [LoggerMessage(4006, LogLevel.Warning, "{Job} waits: the database cannot be written ({Fault})")]
    public static partial void JobWaits(this ILogger logger, Exception exception, string job, StorageFault fault);

    [LoggerMessage(4007, LogLevel.Information, "{Job} goes on: the database can be written again")]
    public static partial void JobGoesOn(this ILogger logger, string job);

    [LoggerMessage(4008, LogLevel.Warning, "The end of run {RunId} could not be noted; the next start marks it as interrupted")]
    public static partial void EndNotNoted(this ILogger logger, string runId);

    [LoggerMessage(4009, LogLevel.Error, "Run {RunId} of '{Job}' cannot start: there is no such job")]
    public static partial void JobUnknown(this ILogger logger, string runId, string job);

    [LoggerMessage(4010, LogLevel.Warning, "A change of the schedule waits: its file cannot be written")]
    public static partial void ScheduleWaits(this ILogger logger);

    [LoggerMessage(4011, LogLevel.Information, "A change of the schedule that waited is made")]
    public static partial void ScheduleGoesOn(this ILogger logger);

    [LoggerMessage(4012, LogLevel.Error, "A change of the schedule that waited has failed; the next start makes it")]
    public static partial void ScheduleNotChanged(this ILogger logger, Exception exception);

    [LoggerMessage(4013, LogLevel.Warning, "What other servers have left to grade could not be looked at; it is tried again")]
    public static partial void HelpFailed(this ILogger logger, Exception exception);

    [LoggerMessage(4014, LogLevel.Information, "{Job} run {RunId} was fired once more than it runs; nothing is done")]
    public static partial void FiredTwice(this ILogger logger, string job, string runId);

    [LoggerMessage(4015, LogLevel.Warning, "What other servers have left to be fired could not be looked at; it is tried again")]
    public static partial void UpkeepFailed(this ILogger logger, Exception exception);
}

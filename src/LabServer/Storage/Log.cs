namespace LabServer.Storage;

internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Warning, "Other servers' changes could not be looked for; it is tried again")]
    public static partial void SharedLookFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1102, LogLevel.Warning, "{Runs} runs of servers that are not heard of any more were marked as interrupted")]
    public static partial void RunsTakenOver(this ILogger logger, int runs);

    [LoggerMessage(1103, LogLevel.Warning, "The lease of this server could not be ended; others wait until it has run out")]
    public static partial void LeaseNotEnded(this ILogger logger, Exception exception);

    [LoggerMessage(1104, LogLevel.Critical, "The database has lost commits that this server knows of; the server stops, so that it is started anew")]
    public static partial void CommitsLost(this ILogger logger, Exception exception);
}

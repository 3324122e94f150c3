namespace LabServer.Access;

internal static partial class Log
{
    [LoggerMessage(550, LogLevel.Warning, "The last use of a key could not be noted")]
    public static partial void UseNotNoted(this ILogger logger, Exception exception);
}

namespace LabServer.Audit;

internal static partial class Log
{
    [LoggerMessage(
        700,
        LogLevel.Error,
        "The audit trail is not the one of its anchor, which is kept as {KeptAs}: entries were cut off or written anew, or an older database was put back")]
    public static partial void AnchorMismatched(this ILogger logger, string keptAs);

    [LoggerMessage(701, LogLevel.Warning, "The anchor of the audit trail could not be written; it is tried again")]
    public static partial void AnchorNotWritten(this ILogger logger, Exception exception);
}

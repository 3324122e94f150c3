namespace LabServer.Limits;

internal static partial class Log
{
    [LoggerMessage(560, LogLevel.Warning, "Calls without a key that is taken come too often from {Network}; said once a minute")]
    public static partial void TooManyRefused(this ILogger logger, string network);

    [LoggerMessage(561, LogLevel.Error, "{Path} ended as {Code} past all that says why, correlation {CorrelationId}")]
    public static partial void StatusWithoutDetails(this ILogger logger, string path, Grpc.Core.StatusCode code, string correlationId);
}

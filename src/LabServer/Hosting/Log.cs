namespace LabServer.Hosting;

internal static partial class Log
{
    [LoggerMessage(500, LogLevel.Information, "Serving gRPC on {Grpc} and HTTP on {Http}, data in {DataFolder}")]
    public static partial void Serving(this ILogger logger, string grpc, string http, string dataFolder);

    [LoggerMessage(501, LogLevel.Information, "Stopping")]
    public static partial void Stopping(this ILogger logger);

    [LoggerMessage(510, LogLevel.Error, "{Method} failed unexpectedly, correlation {CorrelationId}")]
    public static partial void CallFailed(this ILogger logger, Exception exception, string method, string correlationId);

    [LoggerMessage(511, LogLevel.Error, "{Method} failed: the database says {Reason}")]
    public static partial void DatabaseFailed(this ILogger logger, Exception exception, string method, string reason);

    [LoggerMessage(520, LogLevel.Information, "{Files} changed and is in force as it is now")]
    public static partial void FilesRead(this ILogger logger, string files);

    [LoggerMessage(521, LogLevel.Warning, "{Files} changed and cannot be used: {Fault}; what was read before stays in force")]
    public static partial void FilesUnusable(this ILogger logger, string files, string fault);
}

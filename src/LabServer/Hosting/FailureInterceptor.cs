using System.Data.Common;
using Grpc.Core;
using Microsoft.Data.Sqlite;

namespace LabServer.Hosting;

/// <summary>Turns what a service did not expect into a status that says what the caller can do, and no more.</summary>
internal sealed class FailureInterceptor(TimeProvider time, ILogger<FailureInterceptor> logger) : CallInterceptor
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;

    private const string FramingReader = "Grpc.AspNetCore.Server";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    protected override async Task<T> Around<T>(ServerCallContext context, Func<Task<T>> call)
    {
        // Whatever fails in a call that came this far is seen here.
        context.GetHttpContext().Features.Set(this);
        try
        {
            return await call();
        }
        catch (RpcException)
        {
            throw;
        }
        catch (Exception exception) when (exception is IOException || context.CancellationToken.IsCancellationRequested)
        {
            // Whatever a call throws once its caller is gone, the caller's going is the cause. A read from the caller can
            // fail (IOException) a moment before the token says so; no call reads or writes any other stream.
            var late = context.Deadline != DateTime.MaxValue && context.Deadline <= time.GetUtcNow().UtcDateTime;
            throw late ? RpcErrors.DeadlineExceeded() : RpcErrors.Cancelled();
        }
        catch (InvalidDataException exception) when (exception.Source == FramingReader)
        {
            throw RpcErrors.MessageUndecodable(exception.Message);
        }
        catch (OperationCanceledException)
        {
            throw RpcErrors.Unavailable("SERVER_STOPPING", "The server is stopping.", RetryAfter);
        }
        catch (DbException exception) when (Status(exception) is { } status)
        {
            logger.DatabaseFailed(exception, context.Method, status.Status.Detail);
            throw status;
        }
        catch (Exception exception)
        {
            // The message of an unexpected exception may hold a subject's data: it goes to the log alone.
            var correlationId = Guid.NewGuid().ToString("N");
            logger.CallFailed(exception, context.Method, correlationId);
            throw RpcErrors.Internal(correlationId);
        }
    }

    private static RpcException? Status(DbException exception) => (exception as SqliteException)?.SqliteErrorCode switch
    {
        SqliteFull => RpcErrors.ResourceExhausted("DISK_FULL", "The server's disk is full; nothing was stored.", TimeSpan.FromMinutes(1)),
        SqliteBusy or SqliteLocked => RpcErrors.Unavailable("DATABASE_BUSY", "The database is busy; nothing was stored.", RetryAfter),
        SqliteReadOnly => RpcErrors.Unavailable("DATABASE_READ_ONLY", "The database cannot be written; nothing was stored.", RetryAfter),
        SqliteIoError => RpcErrors.Unavailable("DATABASE_IO", "The database cannot be reached; nothing was stored.", RetryAfter),
        _ => null,
    };
}

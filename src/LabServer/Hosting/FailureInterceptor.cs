using Grpc.Core;
using LabServer.Core.Storage;

namespace LabServer.Hosting;

/// <summary>Turns what a service did not expect into a status that says what the caller can do, and no more.</summary>
internal sealed class FailureInterceptor(Dialect dialect, TimeProvider time, ILogger<FailureInterceptor> logger) : CallInterceptor
{
    private const string FramingReader = "Grpc.AspNetCore.Server";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongRetryAfter = TimeSpan.FromMinutes(1);

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
            throw RpcErrors.ServerStopping();
        }
        catch (CommitUnknownException exception)
        {
            logger.DatabaseFailed(exception, context.Method, "The outcome of the commit is not known.");
            throw RpcErrors.Unavailable(
                "OUTCOME_UNKNOWN", "The database was lost while this was stored: it may be stored or not. Ask again.", RetryAfter);
        }
        catch (Exception exception) when (Status(dialect.FaultOf(exception)) is { } status)
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

    private static RpcException? Status(StorageFault fault) => fault switch
    {
        StorageFault.Full => RpcErrors.ResourceExhausted("DISK_FULL", "The server's disk is full; nothing was stored.", LongRetryAfter),
        StorageFault.Busy => RpcErrors.Unavailable("DATABASE_BUSY", "The database is busy; nothing was stored.", RetryAfter),
        StorageFault.ReadOnly => RpcErrors.Unavailable("DATABASE_READ_ONLY", "The database cannot be written; nothing was stored.", RetryAfter),
        StorageFault.Unreachable => RpcErrors.Unavailable("DATABASE_IO", "The database cannot be reached; nothing was stored.", RetryAfter),
        // Not the caller's loss: what was not acknowledged is sent again to the server that a backup was restored to.
        StorageFault.Damaged => RpcErrors.Unavailable("DATABASE_DAMAGED", "The database is damaged; nothing was stored.", LongRetryAfter),
        _ => null,
    };
}

using Grpc.Core;

namespace LabServer;

internal static class StreamWriting
{
    /// <summary>
    /// Writes to a caller for as long as something goes on. The end is not the write's to know: a write that is cancelled resets
    /// the stream, and the caller is not told why.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller is gone, or the end has come while the caller did not read.</exception>
    public static Task WriteUntil<T>(this IServerStreamWriter<T> stream, T message, ServerCallContext context, CancellationToken end) =>
        stream.WriteAsync(message, context.CancellationToken).WaitAsync(end);
}

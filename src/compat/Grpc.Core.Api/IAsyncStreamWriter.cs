namespace Grpc.Core;

/// <summary>Writes the messages of a stream.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the next messages are written; null for the default.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message. Only one write may be under way.</summary>
    Task WriteAsync(T message);

    /// <summary>Writes a message, cancelling the call when <paramref name="cancellationToken"/> is cancelled.</summary>
    /// <exception cref="NotSupportedException">The writer cannot be cancelled.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled
            ? throw new NotSupportedException("This stream writer cannot cancel a write.")
            : WriteAsync(message);
}

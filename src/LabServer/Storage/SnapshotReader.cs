using Grpc.Core;

namespace LabServer.Storage;

/// <summary>
/// Who reads an answer that is made as it is read, and how long it is waited for: it holds a state of the database, whose
/// log cannot be taken up meanwhile and grows with all that is written.
/// </summary>
internal sealed class SnapshotReader(StorageOptions options, TimeProvider time, CancellationToken stopping, CancellationToken call)
{
    private TimeSpan _left = options.ReaderWait;

    /// <summary>Ends the answer when its caller is gone or the server stops.</summary>
    /// <exception cref="OperationCanceledException">One of both.</exception>
    public void ThrowIfOver()
    {
        call.ThrowIfCancellationRequested();
        stopping.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until the reader has taken a part.</summary>
    /// <exception cref="OperationCanceledException">The caller is gone, or the server stops.</exception>
    /// <exception cref="RpcException">ABORTED, READER_TOO_SLOW: it has not, or has kept the answer waiting for too long in all.</exception>
    public async Task Take(Task writing)
    {
        var began = time.GetTimestamp();
        try
        {
            // The write itself is not cancelled: that would cut the stream off where a status can still be read behind it.
            await writing.WaitAsync(_left < options.ReaderPartWait ? _left : options.ReaderPartWait, time, stopping);
        }
        catch (TimeoutException)
        {
            throw RpcErrors.ReaderTooSlow();
        }

        _left -= time.GetElapsedTime(began);
        if (_left <= TimeSpan.Zero)
        {
            throw RpcErrors.ReaderTooSlow();
        }
    }
}

namespace Grpc.Net.Compression;

/// <summary>
/// Compresses, and writes a valid empty member where nothing was written. The compressors of .NET then write no byte
/// at all, which other gRPC implementations reject as a truncated message.
/// </summary>
internal sealed class CompressingStream(Stream compressor, Stream output, byte[] emptyMember) : Stream
{
    private bool _wrote;
    private bool _disposed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_disposed;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _wrote |= !buffer.IsEmpty;
        compressor.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _wrote |= !buffer.IsEmpty;
        return compressor.WriteAsync(buffer, cancellationToken);
    }

    // Flushing a compressor nothing was written to is left out: it could write a header that the empty member repeats.
    public override void Flush()
    {
        if (_wrote)
        {
            compressor.Flush();
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        _wrote ? compressor.FlushAsync(cancellationToken) : Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await compressor.DisposeAsync().ConfigureAwait(false);
            if (!_wrote)
            {
                await output.WriteAsync(emptyMember).ConfigureAwait(false);
            }
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            compressor.Dispose();
            if (!_wrote)
            {
                output.Write(emptyMember);
            }
        }

        base.Dispose(disposing);
    }
}

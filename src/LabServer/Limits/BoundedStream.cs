namespace LabServer.Limits;

/// <summary>What a compressed message becomes, read up to where it breaks a limit; the rest is never unpacked.</summary>
/// <param name="inflated">The decompressor.</param>
/// <param name="compressedBytes">Size of the message on the wire.</param>
/// <param name="limits">The limits.</param>
internal sealed class BoundedStream(Stream inflated, long compressedBytes, LimitsOptions limits) : Stream
{
    // Short messages of equal letters may well be packed into next to nothing, and do no harm.
    private const long RatioFrom = 1 << 20;

    private long _bytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = inflated.Read(buffer);
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            throw RpcErrors.MessageUndecodable("is not compressed in the way that its header says");
        }

        _bytes += read;
        return _bytes > limits.MessageBytes ? throw RpcErrors.MessageTooLarge(limits.MessageBytes)
            : _bytes > RatioFrom && _bytes / limits.CompressionRatio > compressedBytes ? throw RpcErrors.CompressedTooMuch(limits.CompressionRatio)
            : read;
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inflated.Dispose();
        }

        base.Dispose(disposing);
    }
}

using System.Buffers;
using System.IO.Compression;
using Grpc.Net.Compression;

namespace LabServer.Limits;

/// <summary>
/// A compression whose messages are unpacked only when that stays within the limits. gRPC collects what a message becomes as
/// a whole, so it is unpacked once before, into nothing, and given up where it breaks a limit: ten bombs at once would else
/// cost ten times the largest message. Twice costs an honest message about a millisecond a megabyte.
/// </summary>
internal sealed class BoundedCompression(ICompressionProvider inner, LimitsOptions limits) : ICompressionProvider
{
    // Short messages of equal letters may well be packed into next to nothing, and do no harm.
    private const long RatioFrom = 1 << 20;

    private const int BufferBytes = 64 * 1024;

    public string EncodingName => inner.EncodingName;

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        inner.CreateCompressionStream(stream, compressionLevel);

    public Stream CreateDecompressionStream(Stream stream)
    {
        Check(stream);
        stream.Position = 0;
        return inner.CreateDecompressionStream(stream);
    }

    private void Check(Stream compressed)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var inflated = inner.CreateDecompressionStream(compressed);
            var bytes = 0L;
            while (inflated.Read(buffer) is > 0 and var read)
            {
                bytes += read;
                if (bytes > limits.MessageBytes)
                {
                    throw RpcErrors.MessageTooLarge(limits.MessageBytes);
                }

                if (bytes > RatioFrom && bytes / limits.CompressionRatio > compressed.Length)
                {
                    throw RpcErrors.CompressedTooMuch(limits.CompressionRatio);
                }
            }

            CountedBody.Current?.Unpack(bytes);
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            throw RpcErrors.MessageUndecodable("is not compressed in the way that its header says");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

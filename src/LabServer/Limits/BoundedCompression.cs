using System.IO.Compression;
using Grpc.Net.Compression;

namespace LabServer.Limits;

/// <summary>A compression whose messages are given up as soon as they have become larger than a message may be, or grow too fast.</summary>
internal sealed class BoundedCompression(ICompressionProvider inner, LimitsOptions limits) : ICompressionProvider
{
    public string EncodingName => inner.EncodingName;

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        inner.CreateCompressionStream(stream, compressionLevel);

    public Stream CreateDecompressionStream(Stream stream) =>
        new BoundedStream(inner.CreateDecompressionStream(stream), stream.Length, limits);
}

using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary><c>gzip</c>, RFC 1952.</summary>
public sealed class GzipCompressionProvider : ICompressionProvider
{
    /// <summary>A member with no content: header of an unknown system, one empty block, CRC and length 0.</summary>
    private static readonly byte[] EmptyMember =
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 0x03, 0x00, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly CompressionLevel _defaultLevel;

    public GzipCompressionProvider(CompressionLevel defaultCompressionLevel) => _defaultLevel = defaultCompressionLevel;

    /// <inheritdoc />
    public string EncodingName => "gzip";

    /// <inheritdoc />
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new CompressingStream(
            new GZipStream(stream, compressionLevel ?? _defaultLevel, leaveOpen: true), stream, EmptyMember);

    /// <inheritdoc />
    public Stream CreateDecompressionStream(Stream stream) =>
        new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
}

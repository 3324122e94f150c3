using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary><c>deflate</c>, which on the wire is the zlib format of RFC 1950, as in HTTP.</summary>
public sealed class DeflateCompressionProvider : ICompressionProvider
{
    /// <summary>A zlib stream with no content: header, one empty block, Adler-32 of nothing.</summary>
    private static readonly byte[] EmptyStream = [0x78, 0x9C, 0x03, 0x00, 0, 0, 0, 1];

    private readonly CompressionLevel _defaultLevel;

    public DeflateCompressionProvider(CompressionLevel defaultCompressionLevel) =>
        _defaultLevel = defaultCompressionLevel;

    /// <inheritdoc />
    public string EncodingName => "deflate";

    /// <inheritdoc />
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new CompressingStream(
            new ZLibStream(stream, compressionLevel ?? _defaultLevel, leaveOpen: true), stream, EmptyStream);

    /// <inheritdoc />
    public Stream CreateDecompressionStream(Stream stream) =>
        new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true);
}

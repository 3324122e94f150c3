using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>Compresses messages in one way.</summary>
public interface ICompressionProvider
{
    /// <summary>Name in <c>grpc-encoding</c> and <c>grpc-accept-encoding</c>.</summary>
    string EncodingName { get; }

    /// <summary>A stream that compresses into <paramref name="stream"/>, and leaves it open.</summary>
    /// <param name="stream">Receives the compressed message.</param>
    /// <param name="compressionLevel">Null for the level of the provider.</param>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>A stream that decompresses from <paramref name="stream"/>, and leaves it open.</summary>
    Stream CreateDecompressionStream(Stream stream);
}

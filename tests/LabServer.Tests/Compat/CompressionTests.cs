using System.IO.Compression;
using System.Text;
using Grpc.Net.Compression;

namespace LabServer.Tests.Compat;

public sealed class CompressionTests
{
    public static TheoryData<ICompressionProvider, string> Providers => new()
    {
        { new GzipCompressionProvider(CompressionLevel.Fastest), "gzip" },
        { new DeflateCompressionProvider(CompressionLevel.Fastest), "deflate" },
    };

    [Theory]
    [MemberData(nameof(Providers))]
    public void Provider_TextCompressed_ComesBack(ICompressionProvider provider, string name)
    {
        var text = string.Concat(Enumerable.Repeat("ALT 61.60 U/L ", 100));
        var compressed = Compress(provider, text);
        Assert.Equal(name, provider.EncodingName);
        Assert.True(compressed.Length < text.Length / 4);
        Assert.Equal(text, Decompress(provider, compressed));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Provider_NothingCompressed_WritesSomethingThatDecompressesToNothing(
        ICompressionProvider provider, string name)
    {
        var compressed = Compress(provider, "");
        Assert.NotEmpty(compressed);
        Assert.Equal("", Decompress(provider, compressed));
        Assert.Equal(name, provider.EncodingName);
    }

    /// <summary>RFC 1952, 2.2: members may follow one another, so a decoder gets past an empty one only if it is whole.</summary>
    [Fact]
    public void Gzip_EmptyMemberBeforeAnother_IsReadOver()
    {
        var provider = new GzipCompressionProvider(CompressionLevel.Optimal);
        Assert.Equal("CRP", Decompress(provider, [.. Compress(provider, ""), .. Compress(provider, "CRP")]));
    }

    /// <summary>RFC 1950: header, a final empty block of fixed codes, and Adler-32 of nothing, which is 1.</summary>
    [Fact]
    public void Deflate_OfNothing_IsTheShortestZlibStream() =>
        Assert.Equal(
            [0x78, 0x9C, 0x03, 0x00, 0, 0, 0, 1], Compress(new DeflateCompressionProvider(CompressionLevel.Fastest), ""));

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Stream_FlushedAndDisposedAsynchronously_WritesTheSame(ICompressionProvider provider, string name)
    {
        foreach (var text in new[] { "", "CRP" })
        {
            using var output = new MemoryStream();
            await using (var stream = provider.CreateCompressionStream(output, null))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
                await stream.FlushAsync();
                await stream.DisposeAsync();
            }

            Assert.Equal(text, Decompress(provider, output.ToArray()));
        }

        Assert.Equal(name, provider.EncodingName);
    }

    private static byte[] Compress(ICompressionProvider provider, string text)
    {
        using var output = new MemoryStream();
        using (var stream = provider.CreateCompressionStream(output, null))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        Assert.True(output.CanWrite, "The output stays open.");
        return output.ToArray();
    }

    private static string Decompress(ICompressionProvider provider, byte[] compressed)
    {
        using var stream = provider.CreateDecompressionStream(new MemoryStream(compressed));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

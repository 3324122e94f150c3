using Grpc.Core;

namespace LabServer.Tests.Compat;

public sealed class MetadataTests
{
    [Theory]
    [InlineData("x-site", "x-site")]
    [InlineData("X-Site", "x-site")]
    [InlineData("site_7.a", "site_7.a")]
    [InlineData("0", "0")]
    public void Entry_KeyOfAllowedCharacters_IsLowerCase(string key, string expected) =>
        Assert.Equal(expected, new Metadata.Entry(key, "value").Key);

    [Theory]
    [InlineData("")]
    [InlineData("x site")]
    [InlineData("x:site")]
    [InlineData("größe")]
    [InlineData("x-site\n")]
    public void Entry_KeyOfOtherCharacters_Throws(string key) =>
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));

    [Fact]
    public void Entry_TextUnderABinaryKey_Throws() =>
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("data-BIN", "value"));

    [Fact]
    public void Entry_BytesUnderATextKey_Throws() =>
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("data", new byte[] { 1 }));

    [Fact]
    public void Entry_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry(null!, "value"));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("key", (string)null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("key-bin", (byte[])null!));
    }

    [Fact]
    public void Entry_OfBytes_KeepsACopyAndHasNoText()
    {
        byte[] bytes = [1, 2];
        var entry = new Metadata.Entry("data-bin", bytes);
        bytes[0] = 9;
        entry.ValueBytes[1] = 9;
        Assert.True(entry.IsBinary);
        Assert.Equal([1, 2], entry.ValueBytes);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
        Assert.Equal("[Entry: key=data-bin, valueBytes=2 bytes]", entry.ToString());
    }

    [Fact]
    public void Entry_OfText_HasItsBytesToo()
    {
        var entry = new Metadata.Entry("site", "AB");
        Assert.False(entry.IsBinary);
        Assert.Equal("AB", entry.Value);
        Assert.Equal("AB"u8.ToArray(), entry.ValueBytes);
        Assert.Equal("[Entry: key=site, value=AB]", entry.ToString());
    }

    [Fact]
    public void Get_KeyMoreThanOnce_IsTheLastAndGetAllIsAllInOrder()
    {
        var metadata = new Metadata { { "site", "7" }, { "other", "x" }, { "SITE", "8" } };
        Assert.Equal("8", metadata.Get("Site")!.Value);
        Assert.Equal("8", metadata.GetValue("site"));
        Assert.Equal("8"u8.ToArray(), metadata.GetValueBytes("site"));
        Assert.Equal(["7", "8"], metadata.GetAll("site").Select(entry => entry.Value));
    }

    [Fact]
    public void Get_KeyNotThere_IsNull()
    {
        Assert.Null(new Metadata().Get("site"));
        Assert.Null(new Metadata().GetValue("site"));
        Assert.Null(new Metadata().GetValueBytes("site-bin"));
        Assert.Empty(new Metadata().GetAll("site"));
    }

    [Fact]
    public void Metadata_ChangedAsAList_HasTheEntriesInOrder()
    {
        var first = new Metadata.Entry("a", "1");
        var second = new Metadata.Entry("b", "2");
        var metadata = new Metadata { second };
        metadata.Insert(0, first);
        metadata[1] = new Metadata.Entry("c", "3");
        Assert.Equal(["a", "c"], metadata.Select(entry => entry.Key));
        Assert.Equal(0, metadata.IndexOf(first));
        Assert.True(metadata.Remove(first));
        Assert.DoesNotContain(first, metadata);
        metadata.RemoveAt(0);
        Assert.Empty(metadata);
    }

    [Fact]
    public void Empty_Changed_Throws()
    {
        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("site", "7"));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
    }
}

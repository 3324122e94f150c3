using LabServer.Cli;
using LabServer.Cli.Files;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Files;

public sealed class CsvFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_PlainOrZipped_AreTheSame(bool zipped)
    {
        const string Text = "a,b\n1,µmol/L\n\"2,5\",\"say \"\"x\"\"\"\n";

        var rows = Read(zipped ? _folder.AddZipped("f.bin", Text) : _folder.Add("f.csv", Text));

        Assert.Equal([["1", "µmol/L"], ["2,5", "say \"x\""]], rows.Select(row => row.Fields));
    }

    [Fact]
    public void Rows_LinesOfAnyKind_NameTheLineTheyBeginOn()
    {
        var rows = Read(_folder.Add("f.csv", "\uFEFFa,b\r\n1,2\r\n\r\n3,\"two\r\nlines\"\r\n5,6"));

        Assert.Equal([2L, 4L, 6L], rows.Select(row => row.Line));
        Assert.Equal("two\r\nlines", rows[1].Fields[1]);
    }

    [Theory]
    [InlineData("1", "1 fields, the header 2")]
    [InlineData("1,2,3", "3 fields, the header 2")]
    [InlineData("1,a\"b", "quote")]
    [InlineData("\"1\"x,2", "quote")]
    public void Rows_MalformedRow_CarriesItsFaultAndTheRestGoesOn(string malformed, string fault)
    {
        var rows = Read(_folder.Add("f.csv", $"a,b\n1,2\n{malformed}\n3,4\n"));

        Assert.Equal([null, true, null], rows.Select(row => row.Fault?.Contains(fault, StringComparison.Ordinal)));
        Assert.Equal((3L, malformed), (rows[1].Line, rows[1].Text));
        Assert.Equal(["3", "4"], rows[2].Fields);
    }

    [Fact]
    public void Rows_NotUtf8_CarryTheirFault()
    {
        var path = Path.Combine(_folder.Path, "latin1.csv");
        File.WriteAllBytes(path, [.. "a,b\n1,"u8, 0xB5, .. "mol/L\n2,3\n"u8]);

        var rows = Read(path);

        Assert.Equal("The row is not UTF-8 text.", rows[0].Fault);
        Assert.Null(rows[1].Fault);
    }

    [Fact]
    public void Rows_QuoteNeverClosed_FailRatherThanFillTheMemory()
    {
        var path = _folder.Add("f.csv", $"a,b\n1,2\n\"3,{new string('x', 5_000_000)}");

        var failure = Assert.Throws<CommandFailure>(() => Read(path));

        Assert.Contains("A quote is probably not closed", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("a,b,A\n", "the column A is in the header twice")]
    public void Open_HeaderNotUsable_IsUsage(string text, string fault)
    {
        var path = _folder.Add("f.csv", text);

        var refused = Assert.Throws<UsageException>(() => CsvFile.Open(path));

        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequiredPosition_ColumnMissing_NamesFileRowAndColumn()
    {
        var path = _folder.Add("f.csv", "a,b\n");
        using var file = CsvFile.Open(path);

        Assert.Equal(1, file.RequiredPosition("B"));
        var refused = Assert.Throws<UsageException>(() => file.RequiredPosition("LBSEQ"));
        Assert.Equal($"{path}, row 1: the column LBSEQ is missing from the header.", refused.Message);
    }

    private static List<CsvRow> Read(string path)
    {
        using var file = CsvFile.Open(path);
        return [.. file.Rows()];
    }
}

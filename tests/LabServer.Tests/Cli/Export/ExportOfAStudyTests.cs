using System.IO.Compression;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Export;

public sealed class ExportOfAStudyTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Columns =
        "STUDYID USUBJID SRCID PARAMCD PARAM AVISIT ADT AVAL AVALU ANRLO ANRHI ANRIND ABLFL BASE BNRIND CHG PCHG ATOXDSCL ATOXGRL ATOXDSCH ATOXGRH ATOXGR";

    private readonly FourSubjects _subjects = new(server);

    public void Dispose() => _subjects.Dispose();

    [Fact]
    public async Task Export_PlainTwiceAndZipped_IsTheSameContent()
    {
        await _subjects.BringGraded("EXPORT-1");
        var (first, second, zipped) = (Path("first.csv"), Path("second.csv"), Path("third.csv.gz"));

        var call = await Export("EXPORT-1", first);
        await Export("EXPORT-1", second);
        await Export("EXPORT-1", zipped);

        Assert.Equal((0, "", $"10 rows written to {first}\n"), (call.ExitCode, call.Output, call.Error));
        var content = await File.ReadAllBytesAsync(first);
        Assert.Equal(content, await File.ReadAllBytesAsync(second));
        using var unzipped = new MemoryStream();
        await using (var zip = new GZipStream(File.OpenRead(zipped), CompressionMode.Decompress))
        {
            await zip.CopyToAsync(unzipped);
        }

        Assert.Equal(content, unzipped.ToArray());
        Assert.Equal(3, Directory.GetFiles(_subjects.Folder, "*.csv*").Except([Path("subjects.csv"), Path("results.csv")]).Count());
    }

    [Fact]
    public async Task Export_OfAGradedStudy_HasThePromisedColumnsAndARowAResult()
    {
        await _subjects.BringGraded("EXPORT-2");

        await Export("EXPORT-2", Path("adlb.csv"));

        // No field of this study is quoted.
        var lines = (await File.ReadAllLinesAsync(Path("adlb.csv"))).Select(line => line.Split(',')).ToList();
        Assert.Equal(Columns.Split(' '), lines[0].Intersect(Columns.Split(' ')));
        string[] wanted = ["SRCID", "AVAL", "ANRIND", "ABLFL", "BASE", "CHG", "ATOXGRL", "ATOXGRH", "ATOXGR"];
        Assert.Equal(
            [
                "A1/30/NORMAL/Y/30///0/0",
                "A2/130/HIGH//30/100//2/2",
                "A3/95/LOW////2/0/-2",
                "B1/30/NORMAL/Y/30///0/0",
                "B2/250/HIGH//30/220//3/3",
                "C1/30/NORMAL/Y/30///0/0",
                "C2/50/HIGH//30/20//1/1",
                "C3/50///////",
                "D1/30/NORMAL/Y/30///0/0",
                "D2/35/NORMAL//30/5//0/0",
            ],
            lines.Skip(1).Select(line => string.Join('/', wanted.Select(name => line[Array.IndexOf(lines[0], name)]))));
    }

    [Theory]
    [InlineData("EXPORT-3", "ctcae-4.03", "RULE_SET_NOT_OF_STUDY")]
    [InlineData("NONE", "ctcae-5.0", "STUDY_NOT_FOUND")]
    public async Task Export_Refused_LeavesNoFile(string study, string ruleSet, string reason)
    {
        await _subjects.Labctl("studies create EXPORT-3");

        await _subjects.Fails($"export adlb --study {study} --rule-set {ruleSet} --out {Path("adlb.csv")}", reason, study);

        Assert.Empty(Directory.GetFiles(_subjects.Folder));
    }

    private string Path(string name) => System.IO.Path.Combine(_subjects.Folder, name);

    private Task<LabctlCall> Export(string study, string path) =>
        _subjects.Labctl($"export adlb --study {study} --rule-set ctcae-5.0 --out {path}");
}

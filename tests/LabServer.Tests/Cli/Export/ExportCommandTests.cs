using System.IO.Compression;
using Google.Protobuf;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Export;

public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("adlb.csv", false)]
    [InlineData("adlb.csv.gz", true)]
    public async Task Export_ServerSendsParts_WritesThemAsOneFile(string name, bool zipped)
    {
        await using var server = await LoopbackServer.Start(new PartsService(["STUDYID,AVAL\n", "S1,1\nS1", ",2\n"], breaksOff: false));
        var path = _folder.Add(name, "an older file");

        var call = await Export(server, path);

        Assert.Equal((0, "", $"2 rows written to {path}\n"), (call.ExitCode, call.Output, call.Error));
        await using var file = File.OpenRead(path);
        using var text = new StreamReader(zipped ? new GZipStream(file, CompressionMode.Decompress) : file);
        Assert.Equal("STUDYID,AVAL\nS1,1\nS1,2\n", await text.ReadToEndAsync());
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("adlb --rule-set ctcae-5.0", "adlb.csv", Dataset.Adlb, DatasetFormat.Csv)]
    [InlineData("lb", "lb.json", Dataset.Lb, DatasetFormat.DatasetJson)]
    [InlineData("lb --rule-set ctcae-5.0", "LB.JSON.GZ", Dataset.Lb, DatasetFormat.DatasetJson)]
    [InlineData("ae --rule-set ctcae-5.0", "ae.ndjson.gz", Dataset.Ae, DatasetFormat.DatasetNdjson)]
    [InlineData("adae --rule-set ctcae-5.0", "adae.txt", Dataset.Adae, DatasetFormat.Csv)]
    [InlineData("adae --rule-set ctcae-5.0 --format dataset-json", "adae.txt", Dataset.Adae, DatasetFormat.DatasetJson)]
    [InlineData("lb --format csv", "lb.json", Dataset.Lb, DatasetFormat.Csv)]
    [InlineData("lb --format dataset-ndjson", "lb.json", Dataset.Lb, DatasetFormat.DatasetNdjson)]
    public async Task Export_DatasetAndFormat_AreThoseNamedAndElseThoseOfTheFile(string words, string name, Dataset dataset, DatasetFormat format)
    {
        var service = new PartsService(["x"], breaksOff: false);
        await using var server = await LoopbackServer.Start(service);

        var call = await LabctlCall.Run(
            ["export", .. words.Split(' '), "--study", "S1", "--out", Path.Combine(_folder.Path, name), "--server", server.Address.ToString()]);

        Assert.Equal((0, ""), (call.ExitCode, call.Output));
        Assert.Equal(
            ("S1", words.Contains("--rule-set", StringComparison.Ordinal) ? "ctcae-5.0" : "", dataset, format),
            (service.Request!.StudyId, service.Request.RuleSetId, service.Request.Dataset, service.Request.Format));
    }

    [Theory]
    [InlineData("adlb")]
    [InlineData("ae")]
    [InlineData("adae")]
    [InlineData("lb --format xml")]
    [InlineData("lb --format dataset-xml")]
    public async Task Export_RuleSetMissingOrFormatUnknown_IsUsage(string words)
    {
        var call = await LabctlCall.Run(["export", .. words.Split(' '), "--study", "S1", "--out", Path.Combine(_folder.Path, "file")]);

        Assert.Equal((2, ""), (call.ExitCode, call.Output));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Export_ServerBreaksOff_LeavesTheOlderFileAsItWas()
    {
        await using var server = await LoopbackServer.Start(new PartsService(["STUDYID,AVAL\n", "S1,1\n"], breaksOff: true));
        var path = _folder.Add("adlb.csv", "an older file");

        var call = await Export(server, path);

        Assert.Equal((1, "labctl: The rule set was not graded. (FAILED_PRECONDITION)\n"), (call.ExitCode, call.Error));
        Assert.Equal("an older file", await File.ReadAllTextAsync(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Export_FolderNotThere_IsUsage()
    {
        await using var server = await LoopbackServer.Start(new PartsService([], breaksOff: false));

        var call = await Export(server, Path.Combine(_folder.Path, "no", "adlb.csv"));

        Assert.Equal(2, call.ExitCode);
    }

    private static Task<LabctlCall> Export(LoopbackServer server, string path) => LabctlCall.Run(
        "export", "adlb", "--study", "S1", "--rule-set", "ctcae-5.0", "--out", path, "--server", server.Address.ToString());

    private sealed class PartsService(IReadOnlyList<string> parts, bool breaksOff) : SummariesService.SummariesServiceBase
    {
        public ExportDatasetRequest? Request { get; private set; }

        public override async Task ExportDataset(
            ExportDatasetRequest request, IServerStreamWriter<ExportDatasetResponse> responseStream, ServerCallContext context)
        {
            Request = request;
            for (var part = 0; part < parts.Count; part++)
            {
                await responseStream.WriteAsync(new ExportDatasetResponse { Content = ByteString.CopyFromUtf8(parts[part]), Rows = part });
            }

            if (breaksOff)
            {
                throw new RpcException(new Status(StatusCode.FailedPrecondition, "The rule set was not graded."));
            }
        }
    }
}

using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Audit;

public sealed class AuditCommandsTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_AfterAChangeWithAReason_ShowsWhoWhatAndWhy()
    {
        await Done("studies", "create", "AU-1");
        await Done("studies", "set", "AU-1", "--report-cron", "0 0 7 * * ?", "--reason", "earlier was too early");

        var listed = (await Done("audit", "list", "--study", "AU-1", "--action", "study_settings_changed", "--format", "json")).Json[0]!;

        Assert.Equal(("admin", "STUDY_SETTINGS_CHANGED", "earlier was too early"), ($"{listed["caller"]}", $"{listed["action"]}", $"{listed["reason"]}"));
        Assert.Contains("0 0 5 * * ?", $"{listed["before"]}", StringComparison.Ordinal);
        Assert.Contains("0 0 7 * * ?", $"{listed["after"]}", StringComparison.Ordinal);
        Assert.Empty((await Done("audit", "list", "--study", "AU-1", "--to", "2020-01-01", "--format", "json")).Json.AsArray());
        Assert.Single((await Done("audit", "list", "--from", "2020-01-01", "--limit", "1", "--format", "json")).Json.AsArray());
    }

    [Theory]
    [InlineData("audit list --from yesterday")]
    [InlineData("audit verify --anchor no-such-file")]
    [InlineData("audit verify --data no-such-folder")]
    [InlineData("audit export")]
    public async Task Call_ThatCannotBeRead_IsAUsageError(string line) => Assert.Equal(2, (await Run(line.Split(' '))).ExitCode);

    [Fact]
    public async Task Verify_WithAnAnchorThatWasKept_IsDoneByServerAndFromTheFolder()
    {
        var anchor = _folder.Add("anchor", (await Done("audit", "anchor")).Output);

        var byServer = await Done("audit", "verify", "--anchor", anchor, "--results", "--format", "json");
        var fromFolder = await Done("audit", "verify", "--anchor", anchor, "--results", "--data", server.DataFolder, "--format", "json");

        Assert.Empty(byServer.Json.AsArray());
        Assert.Empty(fromFolder.Json.AsArray());
        Assert.Contains("0 faults", byServer.Error, StringComparison.Ordinal);
        Assert.Contains("0 faults", fromFolder.Error, StringComparison.Ordinal);
        Assert.Contains("without an anchor", (await Done("audit", "verify")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_FolderOfAServerThatWasKilled_LeavesDatabaseAndLogAsTheyAre()
    {
        await Done("studies", "create", "AU-2");
        foreach (var name in new[] { "labserver.db", "labserver.db-wal" })
        {
            File.Copy(Path.Combine(server.DataFolder, name), Path.Combine(_folder.Path, name));
        }

        var before = (Hash("labserver.db"), Hash("labserver.db-wal"));
        var verified = await Done("audit", "verify", "--data", _folder.Path);

        Assert.Contains("0 faults", verified.Error, StringComparison.Ordinal);
        Assert.Equal(before, (Hash("labserver.db"), Hash("labserver.db-wal")));

        string Hash(string name) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder.Path, name))));
    }

    [Fact]
    public async Task Verify_AnchorOfAnotherTrail_FailsAndSaysWhere()
    {
        var other = (await Done("audit", "anchor")).Output.Replace("\"entry\":", "\"entry\":9", StringComparison.Ordinal);
        var anchor = _folder.Add("other", other);

        foreach (var where in new[] { Array.Empty<string>(), ["--data", server.DataFolder] })
        {
            var verified = await Run(["audit", "verify", "--anchor", anchor, "--format", "json", .. where]);

            Assert.Equal(1, verified.ExitCode);
            Assert.Equal("AUDIT_TRAIL_TRUNCATED", $"{Assert.Single(verified.Json.AsArray())!["code"]}");
        }

        Assert.Equal(2, (await Run("audit", "verify", "--anchor", _folder.Add("none", "no anchor"))).ExitCode);
    }

    [Fact]
    public async Task Export_ToAFile_HasALineEachEntry()
    {
        var path = Path.Combine(_folder.Path, "trail.ndjson");
        await Done("audit", "export", "--out", path, "--reason", "inspection");

        var entries = (await File.ReadAllLinesAsync(path)).Select(line => JsonNode.Parse(line)!).ToList();

        Assert.Equal(Enumerable.Range(1, entries.Count), entries.Select(entry => entry["number"]!.GetValue<int>()));
        Assert.Contains(entries, entry => $"{entry["action"]}" == "TRAIL_EXPORTED" && $"{entry["reason"]}" == "inspection");
        Assert.All(entries, entry => Assert.Equal(64, $"{entry["sha256"]}".Length));
    }

    private Task<LabctlCall> Run(params string[] args) => LabctlCall.Run(["--server", server.GrpcAddress.ToString(), .. args]);

    private async Task<LabctlCall> Done(params string[] args)
    {
        var call = await Run(args);
        Assert.True(call.ExitCode == 0, call.Error);
        return call;
    }
}

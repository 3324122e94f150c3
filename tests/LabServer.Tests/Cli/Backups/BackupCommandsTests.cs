using LabServer.Backups;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Backups;

public sealed class BackupCommandsTests(BackupCommandsTests.Served served) : IClassFixture<BackupCommandsTests.Served>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Create_OfAServerThatServes_IsListedAndVerifies()
    {
        var created = await Call("backup", "create", "--format", "json");
        var name = (string)created.Json["name"]!;
        var listed = await Call("backup", "list", "--format", "json");
        var verified = await Call("verify", "--format", "json");
        var byName = await Call("verify", name);

        Assert.Equal((0, ""), (created.ExitCode, created.Error));
        Assert.Equal(20, (long)created.Json["results"]!);
        Assert.Equal(name, listed.Each("name")[0]);
        Assert.Equal((0, name, ""), (verified.ExitCode, (string)verified.Json["name"]!, (string)verified.Json["fault"]!));
        Assert.Equal(0, byName.ExitCode);
        Assert.StartsWith(served.Server.DataFolder, (string)created.Json["file"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_IntoANewFolder_IsServedAgain()
    {
        var file = (string)(await Call("backup", "create", "--format", "json")).Json["file"]!;

        var restored = await LabctlCall.Run("restore", file, "--data", _folder.Path, "--format", "json");
        var state = await LabctlCall.Run("verify", "--data", _folder.Path, "--format", "json");

        Assert.Equal((0, 20L), (restored.ExitCode, (long)restored.Json["results"]!));
        Assert.Contains("administrator's key", restored.Error, StringComparison.Ordinal);
        Assert.Equal((0, 1L, 20L), (state.ExitCode, (long)state.Json["studies"]!, (long)state.Json["results"]!));
        await using var server = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Data"] = _folder.Path });
        Assert.Equal(20, (await server.Ingestion.ListResultsAsync(new() { StudyId = "S" })).Results.Count);
    }

    [Fact]
    public async Task Restore_OverADatabaseOrUnderAServer_IsRefused()
    {
        var file = (string)(await Call("backup", "create", "--format", "json")).Json["file"]!;
        await LabctlCall.Run("restore", file, "--data", _folder.Path);

        var again = await LabctlCall.Run("restore", file, "--data", _folder.Path);
        var under = await LabctlCall.Run("restore", file, "--data", served.Server.DataFolder);

        Assert.Equal(1, again.ExitCode);
        Assert.Contains("never overwrites", again.Error, StringComparison.Ordinal);
        Assert.Equal(1, under.ExitCode);
        Assert.Contains("stop it first", under.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_DamagedBackup_FailsAndSaysInWhat()
    {
        var created = (await Call("backup", "create", "--format", "json")).Json;
        var (name, file) = ((string)created["name"]!, (string)created["file"]!);
        using (var stream = File.Open(file, FileMode.Open))
        {
            stream.SetLength(stream.Length - 1);
        }

        var (onServer, onFile) = (await Call("verify", name), await LabctlCall.Run("verify", file));
        var restored = await LabctlCall.Run("restore", file, "--data", _folder.Path);
        File.Delete(file);
        File.Delete(Path.ChangeExtension(file, ".json"));

        Assert.All(
            [onServer, onFile, restored],
            call => Assert.True(call.ExitCode == 1 && call.Error.Contains("its manifest says", StringComparison.Ordinal), call.Error));
        Assert.False(File.Exists(Path.Combine(_folder.Path, "labserver.db")));
    }

    [Theory]
    [InlineData("verify 20200101T000000.000000Z", "There is no backup '20200101T000000.000000Z'")]
    [InlineData("jobs run backup --study S", "study_id: The job backup is of the whole server")]
    [InlineData("jobs run report", "study_id: Name the study.")]
    public async Task Command_OfWhatThereIsNot_FailsAndSaysSo(string line, string expected)
    {
        var call = await Call(line.Split(' '));

        Assert.Equal(1, call.ExitCode);
        Assert.Contains(expected, call.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify --data nowhere", "There is no folder nowhere")]
    [InlineData("verify nowhere.db", "nowhere.json cannot be read")]
    [InlineData("restore nowhere.db --data {0}", "nowhere.json cannot be read")]
    public async Task Command_OnAFileThatThereIsNot_FailsAndSaysSo(string line, string expected)
    {
        var call = await LabctlCall.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, _folder.Path).Split(' '));

        Assert.Equal(1, call.ExitCode);
        Assert.Contains(expected, call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_ByDefault_IsNightlyAndListed()
    {
        await using var server = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Backups:Cron"] = new BackupsOptions().Cron });
        var listed = await LabctlCall.Run("jobs", "list", "--format", "json", "--server", server.GrpcAddress.ToString());

        var backup = Assert.Single(listed.Json.AsArray(), job => (string)job!["job"]! == "backup")!;
        Assert.Equal("0 30 23 * * ? (UTC)", (string)backup["schedule"]!);
        Assert.NotNull(backup["nextFireAt"]);
    }

    [Fact]
    public async Task Settings_CronIsNone_RefusesToStart()
    {
        var refused = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Backups:Cron"] = "nightly" }));

        Assert.Contains("Backups:Cron", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<LabctlCall> Call(params string[] args) => LabctlCall.Run([.. args, "--server", served.Server.GrpcAddress.ToString()]);

    /// <summary>A server with one study of 20 results.</summary>
    public sealed class Served : IAsyncLifetime
    {
        public ServerFixture Server { get; } = new();

        public async Task InitializeAsync()
        {
            await Server.StartServer();
            await SmallTrial.Push(Server.Channel, "S", subjects: 4, days: 5);
        }

        public Task DisposeAsync() => Server.DisposeAsync().AsTask();
    }
}

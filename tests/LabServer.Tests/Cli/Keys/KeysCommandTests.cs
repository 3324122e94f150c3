using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Keys;

public sealed class KeysCommandTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private string Address => server.GrpcAddress.ToString();

    [Fact]
    public async Task Keys_FromCreationToRevocation_DoAsTheySay()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "dr.a.key");
        var trial = await Trial.Create(server);
        await trial.Register("01", "B");

        var created = await LabctlCall.Run(
            "keys", "create", "dr.a", "--role", "safety-officer", "--studies", trial.StudyId, "--expires", "2999-12-31", "--out", file, "--server", Address);
        var who = await LabctlCall.Run("keys", "whoami", "--format", "json", "--server", Address, "--api-key-file", file);
        var subjects = await LabctlCall.Run("subjects", "list", "--study", trial.StudyId, "--format", "json", "--server", Address, "--api-key-file", file);
        var unblinded = await LabctlCall.Run(
            "subjects", "unblind", "--study", trial.StudyId, "--subject", "01", "--reason", "emergency", "--server", Address, "--api-key-file", file);
        var again = await LabctlCall.Run("keys", "create", "dr.b", "--role", "auditor", "--out", file, "--server", Address);
        var revoked = await LabctlCall.Run("keys", "revoke", "dr.a", "--reason", "has left", "--server", Address);
        var refused = await LabctlCall.Run("keys", "whoami", "--server", Address, "--api-key-file", file);
        var listed = await LabctlCall.Run("keys", "list", "--format", "json", "--server", Address);

        Assert.Equal((0, $"The key of dr.a is in {file}.\n"), (created.ExitCode, created.Output));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Equal(("dr.a", "safety-officer"), (who.Json["name"]!.ToString(), who.Json["role"]!.ToString()));
        Assert.DoesNotContain("\"B\"", subjects.Output, StringComparison.Ordinal);
        Assert.Equal("B", unblinded.Record["arm"]);
        // The file of another key is not written over, and no key is made that would be lost.
        Assert.Equal(2, again.ExitCode);
        Assert.Equal("false", revoked.Record["valid"]);
        var trail = await LabctlCall.Run("audit", "list", "--action", "KEY_REVOKED", "--format", "json", "--server", Address);
        Assert.Contains("has left", trail.Each("reason"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("not a key of this server", refused.Error, StringComparison.Ordinal);
        Assert.Equal(["dr.a"], listed.Each("name"));
    }

    [Fact]
    public async Task Create_WithoutAFile_ShowsTheKeyOnALine()
    {
        var created = await LabctlCall.Run("keys", "create", "shown", "--role", "laboratory", "--laboratories", "A,B", "--server", Address);

        Assert.Matches("^lsk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}\n$", created.Output);
    }

    [Theory]
    [InlineData("--role", "boss", "--role")]
    [InlineData("--expires", "soon", "--expires")]
    public async Task Create_WrongOption_IsWrongUsage(string option, string value, string named)
    {
        var refused = await LabctlCall.Run("keys", "create", "wrong", "--role", "auditor", option, value, "--server", Address);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(named, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NotAllowed_FailsAndLeavesNoFile()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "lost.key");

        var refused = await LabctlCall.Run("keys", "create", "admin", "--role", "auditor", "--out", file, "--server", Address);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task AnyCommand_WithoutAKey_SaysToSendOne()
    {
        var refused = await LabctlCall.Run(["studies", "list", "--server", Address], new Dictionary<string, string?> { ["LABCTL_API_KEY_FILE"] = "" });

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("Send a key", refused.Error, StringComparison.Ordinal);
    }
}

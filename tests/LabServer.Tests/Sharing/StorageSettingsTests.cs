using LabServer.Tests.Support;

namespace LabServer.Tests.Sharing;

/// <summary>Settings of the storage with which a server does not start, and what it says then.</summary>
public sealed class StorageSettingsTests
{
    [Fact]
    public async Task SharedFile_OfADataFolder_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await using var own = await ServerProcess.Start(folder.Path);
        var file = Path.Combine(folder.Path, "labserver.db");

        var (exitCode, _, error) = await ServerProcess.Run(
            ["--data", Path.Combine(folder.Path, "other")], new Dictionary<string, string> { ["LABSERVER__STORAGE__SHAREDFILE"] = file });

        Assert.Equal(1, exitCode);
        Assert.Equal($"labserver: Storage:SharedFile: {file} is the database of a data folder, and so of one server; name a file elsewhere\n", error);
    }

    [Theory]
    [InlineData("SqlServer", "", "Storage:ConnectionString: Storage:Provider SqlServer needs one.")]
    [InlineData("SqlServer", "Server=x", "Storage:ConnectionString: names no database (Database=…)")]
    [InlineData("SqlServer", "Database=x", "Storage:ConnectionString: names no server (Server=…)")]
    [InlineData("SqlServer", "nonsense", "Storage:ConnectionString: Format of the initialization string")]
    [InlineData("Sqlite", "Server=x;Database=y", "Storage:ConnectionString: is for Storage:Provider SqlServer")]
    [InlineData("Oracle", "", "'Oracle'")]
    public async Task Provider_SettingsThatDoNotFit_AreRefused(string provider, string connectionString, string fault)
    {
        using var folder = new TemporaryFolder();

        var (exitCode, _, error) = await ServerProcess.Run(["--data", folder.Path], new Dictionary<string, string>
        {
            ["LABSERVER__STORAGE__PROVIDER"] = provider,
            ["LABSERVER__STORAGE__CONNECTIONSTRING"] = connectionString,
        });

        Assert.Equal(1, exitCode);
        Assert.Contains(fault, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SqlServer_NotThere_IsToldWithItsNameAndWithoutThePassword()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, _, error) = await ServerProcess.Run(["--data", folder.Path], new Dictionary<string, string>
        {
            ["LABSERVER__STORAGE__PROVIDER"] = "SqlServer",
            ["LABSERVER__STORAGE__CONNECTIONSTRING"] = "Server=127.0.0.1,1;Database=lab;User Id=labserver;Password=not-to-be-told;Encrypt=False;Connect Timeout=2",
        });

        Assert.Equal(1, exitCode);
        Assert.StartsWith("labserver: the database lab on 127.0.0.1,1 cannot be used: it cannot be reached", error, StringComparison.Ordinal);
        Assert.DoesNotContain("not-to-be-told", error, StringComparison.Ordinal);
    }
}

using System.Text;
using LabServer.Core.Storage;
using LabServer.Hosting;
using LabServer.Tests.Support;
using Microsoft.Extensions.Options;

namespace LabServer.Tests.Hosting;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Open_FirstTime_MakesAKeyOnlyTheOwnerCanRead()
    {
        using var folder = Open();

        Assert.Equal(43, folder.AdminKey.Length);
        Assert.Equal(folder.AdminKey + "\n", File.ReadAllText(folder.AdminKeyFile));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.AdminKeyFile));
        }
    }

    [Fact]
    public async Task Start_FirstTime_MakesDatabasesThatOnlyTheOwnerCanRead()
    {
        await using var server = await ServerFixture.Start();
        var trial = await Trial.Create(server);
        await trial.Submit(Trial.Alt("1", "30"));

        string[] files = ["labserver.db", "labserver.db-wal", "labserver.db-shm", "quartz.db"];
        foreach (var file in files)
        {
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.DataFolder, file)));
            }
        }
    }

    [Fact]
    public void Open_Again_KeepsTheKey()
    {
        using var first = Open();
        first.Dispose();
        using var second = Open();

        Assert.Equal(first.AdminKey, second.AdminKey);
    }

    [Fact]
    public void Open_TwoFolders_HaveKeysOfTheirOwn()
    {
        using var other = new TemporaryFolder();
        using var a = Open();
        using var b = new DataFolder(Options.Create(new ServerOptions { Data = other.Path }));

        Assert.NotEqual(a.AdminKey, b.AdminKey);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short\n")]
    [InlineData("ключключключключключключключключключ\n")]
    public void Open_KeyFileWithoutAKey_IsRefused(string text)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "admin.key"), text, Encoding.UTF8);

        Assert.Contains("holds no key", Assert.Throws<DataFolderException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhileAnotherHasIt_IsRefused()
    {
        using var first = Open();

        Assert.Contains("another LabServer uses", Assert.Throws<DataFolderException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterARefusal_IsFreeAgain()
    {
        var key = Path.Combine(_folder.Path, "admin.key");
        File.WriteAllText(key, "short");
        Assert.Throws<DataFolderException>(Open);
        File.Delete(key);

        using var folder = Open();

        Assert.Equal(43, folder.AdminKey.Length);
    }

    [Fact]
    public void Open_PathOfAFile_IsRefused()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");

        var refused = Assert.Throws<DataFolderException>(
            () => new DataFolder(Options.Create(new ServerOptions { Data = Path.Combine(file, "data") })));

        Assert.Contains("cannot be used", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_SecondServerOnTheFolder_IsRefusedInOneLine()
    {
        await using var first = await ServerProcess.Start(_folder.Path);

        var (exitCode, _, error) = await ServerProcess.Run(["--data", _folder.Path, "--grpc-port", "0", "--http-port", "0"]);

        Assert.Equal(1, exitCode);
        Assert.Equal($"labserver: another LabServer uses the data folder {_folder.Path}; stop it, or name another with --data\n", error);
        Assert.True(File.Exists(first.EndpointsFile), "the refused server must leave the running one's files alone");
    }

    [Fact]
    public async Task Process_DatabaseOfANewerServer_IsRefusedInOneLine()
    {
        var dialect = new SqliteDialect(Path.Combine(_folder.Path, "labserver.db"));
        await using (Database.Open(dialect, TimeProvider.System, _ => { }))
        {
            using var connection = dialect.OpenWriter();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO schema_journal (number, name, sha256, applied_us) VALUES (9999, 'later', '', 0)";
            command.ExecuteNonQuery();
        }

        var (exitCode, _, error) = await ServerProcess.Run(["--data", _folder.Path, "--grpc-port", "0", "--http-port", "0"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("a newer LabServer made it", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    public void Dispose() => _folder.Dispose();

    private DataFolder Open() => new(Options.Create(new ServerOptions { Data = _folder.Path }));
}

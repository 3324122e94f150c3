using Dapper;
using LabServer.Core.Storage;
using LabServer.Tests.Support;

namespace LabServer.Tests.Hosting;

/// <summary>A database that is not one for this program is refused in one line that says why.</summary>
public sealed class DatabaseRefusedTests
{
    [Theory]
    [InlineData("UPDATE rule_set SET sha256 = 'other' WHERE rule_set_id = 'ctcae-5.0'", "ctcae-5.0")]
    [InlineData("UPDATE schema_journal SET sha256 = 'other' WHERE number = 1", "0001_studies.sqlite.sql")]
    [InlineData("INSERT INTO schema_journal (number, name, sha256, applied_us) VALUES (9999, '9999_later.sqlite.sql', 'x', 0)", "newer")]
    public async Task Start_DatabaseOfAnotherProgram_EndsWithOneAndOneLineThatSaysWhy(string change, string why)
    {
        await using var server = await ServerFixture.Start();
        await server.StopServer();
        using (var connection = new SqliteDialect(Path.Combine(server.DataFolder, "labserver.db")).OpenWriter())
        {
            connection.Execute(change);
        }

        Assert.Contains(why, await Refusal(server.DataFolder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("labserver.db", "is damaged; move it out of the data folder and restore a backup")]
    [InlineData("quartz.db", "is damaged; move it away, it is made again")]
    public async Task Start_FileThatIsNoDatabase_NamesItAndSaysWhatHelps(string file, string advice)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, file);
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("no database\n", 1000)));

        var error = await Refusal(folder.Path);

        Assert.Contains($"{path} cannot be used: it {advice}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DatabaseThatWasCutShort_IsRefusedAsDamaged()
    {
        await using var server = await ServerFixture.Start();
        await server.StopServer();
        var path = Path.Combine(server.DataFolder, "labserver.db");
        await using (var file = new FileStream(path, FileMode.Open))
        {
            file.SetLength(file.Length / 2);
        }

        Assert.Contains($"{path} cannot be used: it is damaged", await Refusal(server.DataFolder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DatabaseLockedByAnotherProgram_IsRefusedAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "labserver.db");
        using var other = new SqliteDialect(path).OpenWriter();
        using var held = other.BeginTransaction();

        Assert.Contains($"{path} cannot be used: another program holds its lock", await Refusal(folder.Path), StringComparison.Ordinal);
    }

    private static async Task<string> Refusal(string folder)
    {
        var (exitCode, _, error) = await ServerProcess.Run(["--data", folder, "--grpc-port", "0", "--http-port", "0"]);

        Assert.True(exitCode == 1, $"{exitCode}: {error}");
        Assert.StartsWith("labserver: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        return error;
    }
}

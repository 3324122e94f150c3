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

        var (exitCode, _, error) = await ServerProcess.Run(["--data", server.DataFolder, "--grpc-port", "0", "--http-port", "0"]);

        Assert.Equal(1, exitCode);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.StartsWith("labserver: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }
}

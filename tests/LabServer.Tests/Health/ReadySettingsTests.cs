using System.Net;
using LabServer.Api.V1;
using LabServer.Jobs;
using LabServer.Tests.Support;

namespace LabServer.Tests.Health;

/// <summary>What settings have to do with being ready.</summary>
public sealed class ReadySettingsTests
{
    [Fact]
    public async Task Disk_LessFreeThanSet_IsNotReady()
    {
        await using var server = await Start("LabServer:Operation:MinimumFreeBytes", long.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture));

        var (code, problems) = await ReadyTests.Ready(server);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Matches("^The disk of the data folder has [0-9]+ MB free, less than the 9223372036854 MB set.$", problems["disk"]);
        Assert.All(problems.Where(check => check.Key != "disk"), check => Assert.Empty(check.Value));
    }

    [Fact]
    public async Task Disk_LimitSwitchedOff_IsReady()
    {
        await using var server = await Start("LabServer:Operation:MinimumFreeBytes", "0");

        Assert.Equal(HttpStatusCode.OK, (await ReadyTests.Ready(server)).Code);
    }

    [Fact]
    public async Task Nightly_BackupFailed_IsNotReady()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        await using var server = await Start("LabServer:Backups:Folder", file);
        server.ExpectError(entry => entry.EventId == 4002);

        await server.Jobs.RunJobAsync(new RunJobRequest { Job = JobNames.Backup });

        await Eventually.True(
            async () => (await ReadyTests.Ready(server)).Problems["nightly"] == "The nightly job backup: failed when last run.", "the failure shows");
    }

    [Theory]
    [InlineData("MinimumFreeBytes", "-1", "Operation:MinimumFreeBytes: a number of bytes")]
    [InlineData("OverdueAfter", "00:00:00", "Operation:OverdueAfter: a time from")]
    [InlineData("OtlpEndpoint", "collector", "Operation:OtlpEndpoint: 'collector' is not an address")]
    [InlineData("OtlpEndpoint", "ftp://collector:1", "Operation:OtlpEndpoint: 'ftp://collector:1' is not an address")]
    [InlineData("LogFormat", "xml", "LogFormat")]
    [InlineData("OpenMetric", "true", "OpenMetric")]
    public async Task Start_WrongSettingOfOperation_IsRefusedWithItsName(string name, string value, string said)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => Start($"LabServer:Operation:{name}", value));

        Assert.Contains(said, refused.ToString(), StringComparison.Ordinal);
    }

    private static async Task<ServerFixture> Start(string setting, string value)
    {
        var server = await ServerFixture.Start(new Dictionary<string, string?> { [setting] = value, ["LabServer:Backups:Cron"] = "0 30 23 * * ?" });
        server.ExpectError(entry => entry.Category.StartsWith("Microsoft.Extensions.Diagnostics.HealthChecks", StringComparison.Ordinal));
        return server;
    }
}

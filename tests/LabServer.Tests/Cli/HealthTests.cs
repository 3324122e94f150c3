using LabServer.Tests.Support;

namespace LabServer.Tests.Cli;

public sealed class HealthTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Health_ServerServes_SaysSo()
    {
        var call = await LabctlCall.Run("health", "--server", server.GrpcAddress.ToString());

        Assert.Equal((0, "SERVING\n", ""), (call.ExitCode, call.Output, call.Error));
    }

    [Fact]
    public async Task Health_ServiceUnknown_Fails()
    {
        var call = await LabctlCall.Run("health", "--server", server.GrpcAddress.ToString(), "--service", "no.such.Service");

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("There is no service 'no.such.Service'", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_ServerIsReady_ListsEveryCheck()
    {
        await Eventually.True(
            async () => (await LabctlCall.Run("health", "--ready", server.HttpAddress.ToString())).ExitCode == 0, "the server is ready");

        var call = await LabctlCall.Run("health", "--ready", server.HttpAddress.ToString(), "--format", "json");

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.Equal(["database", "disk", "nightly", "scheduler", "server"], call.Each("check"));
        Assert.Equal(["true"], call.Each("ok").Distinct());
    }

    [Fact]
    public async Task Ready_ACheckFails_FailsAndSaysWhy()
    {
        await using var full = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Operation:MinimumFreeBytes"] = "9000000000000000000" });
        full.ExpectError(entry => entry.Category.StartsWith("Microsoft.Extensions.Diagnostics.HealthChecks", StringComparison.Ordinal));

        var call = await LabctlCall.Run("health", "--ready", full.HttpAddress.ToString());

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("The disk of the data folder has", call.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", 2, "--ready: nowhere is not an address")]
    [InlineData("http://127.0.0.1:1", 4, "The server is not reachable")]
    public async Task Ready_AddressOfNobody_Fails(string address, int exitCode, string said)
    {
        var call = await LabctlCall.Run("health", "--ready", address);

        Assert.Equal(exitCode, call.ExitCode);
        Assert.Contains(said, call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_AddressOfAnotherServer_Fails()
    {
        await using var other = await Operation.OtlpReceiver.Start();

        var call = await LabctlCall.Run("health", "--ready", other.Address);

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("is not the HTTP port of a LabServer", call.Error, StringComparison.Ordinal);
    }
}

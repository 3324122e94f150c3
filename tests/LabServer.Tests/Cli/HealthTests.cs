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
}

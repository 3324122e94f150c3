using Grpc.Net.Client;
using LabServer.Api.V1;
using LabServer.Tests.Support;
using Microsoft.Extensions.Options;

namespace LabServer.Tests.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public async Task Start_SeveralFaults_AllAreListed()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => ServerFixture.Start(new Dictionary<string, string?>
        {
            ["LabServer:Data"] = " ",
            ["LabServer:GrpcPort"] = "70000",
            ["LabServer:HttpPort"] = "70000",
            ["LabServer:Prot"] = "1",
        }));

        Assert.Contains(refused.Failures, fault => fault.Contains("Data: the data folder must be named", StringComparison.Ordinal));
        Assert.Contains(refused.Failures, fault => fault.Contains("GrpcPort: a port is a number from 0 to 65535", StringComparison.Ordinal));
        Assert.Contains(refused.Failures, fault => fault.Contains("gRPC and HTTP need a port each", StringComparison.Ordinal));
        Assert.Contains(refused.Failures, fault => fault.Contains("Prot: there is no such setting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_SettingThatAStageDoesNotKnow_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Access:RequireKeys"] = "true" }));

        Assert.Contains("RequireKeys", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_SettingsInTheEnvironment_AreTakenAndTheCommandLineWins()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string>
        {
            ["LABSERVER__DATA"] = "/nowhere/at/all",
            ["LABSERVER__ACCESS__REQUIREKEY"] = "false",
        };
        await using var server = await ServerProcess.Start(folder.Path, environment);
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);

        Assert.NotEmpty((await new JobsService.JobsServiceClient(channel).ListJobsAsync(new())).Jobs);
    }

    [Theory]
    [InlineData("LABSERVER__GRPCPORT", "many", "GrpcPort")]
    [InlineData("LABSERVER__HTTPPORT", "-1", "HttpPort: a port is a number")]
    [InlineData("LABSERVER__GPRCPORT", "5001", "GPRCPORT: there is no such setting")]
    [InlineData("LABSERVER__ACCESS__REQUIREKEY", "perhaps", "RequireKey")]
    [InlineData("LABSERVER__ACCESS__KEY", "x", "KEY")]
    [InlineData("LABSERVER__JOBS__INCREMENTALINTERVAL", "-00:00:01", "Jobs:IncrementalInterval: a time from")]
    public async Task Process_WrongSettingInTheEnvironment_IsOneLineAndExitCodeOne(string name, string value, string said)
    {
        using var folder = new TemporaryFolder();

        var (exitCode, _, error) = await ServerProcess.Run(
            ["--data", folder.Path], new Dictionary<string, string> { [name] = value });

        Assert.Equal(1, exitCode);
        Assert.StartsWith("labserver: settings: ", error, StringComparison.Ordinal);
        Assert.Contains(said, error, StringComparison.OrdinalIgnoreCase);
        Assert.Single(error.TrimEnd().Split('\n'));
    }
}

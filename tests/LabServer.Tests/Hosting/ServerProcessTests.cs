using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Hosting;

public sealed class ServerProcessTests : IDisposable
{
    private static readonly string[] OfSqlServer = ["Microsoft.Data.SqlClient", "Microsoft.SqlServer.Server", "Azure.", "Microsoft.Identity.Client", "libicu"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Process_Terminated_RemovesEndpointsAndEndsInTime()
    {
        await using var server = await ServerProcess.Start(_folder.Path);
        Assert.True(File.Exists(server.EndpointsFile));

        var watch = Stopwatch.StartNew();
        var exitCode = await server.Stop();

        Assert.Equal(0, exitCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.False(File.Exists(server.EndpointsFile));
    }

    [Fact]
    public async Task Process_Killed_LeavesEndpointsBehindAndStartsAgain()
    {
        await using var server = await ServerProcess.Start(_folder.Path);
        var key = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "admin.key"));

        await server.Kill();
        Assert.True(File.Exists(server.EndpointsFile));
        await server.Restart();

        using var http = new HttpClient();
        Assert.Equal("SERVING\n", await http.GetStringAsync(new Uri(server.HttpAddress, "/healthz")));
        Assert.Equal(key, await File.ReadAllTextAsync(Path.Combine(_folder.Path, "admin.key")));
    }

    // What another engine needs must cost who does not use it neither memory nor time at the start: its client with all that
    // signs in to it, and the cultures of the machine, without which that client does not connect.
    [LinuxFact]
    public async Task Process_OnSqlite_LoadsNothingOfAnotherEngine()
    {
        await using var server = await ServerProcess.Start(_folder.Path);
        using var channel = server.OpenChannel();
        await new StudiesService.StudiesServiceClient(channel).CreateStudyAsync(new CreateStudyRequest { Study = new Study { StudyId = "S1" } });

        var loaded = server.LoadedFiles;

        Assert.Contains("Microsoft.Data.Sqlite.dll", loaded);
        Assert.DoesNotContain(loaded, file => OfSqlServer.Any(name => file.StartsWith(name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Process_WrongCall_ShowsUsageAndExitCodeTwo()
    {
        var (exitCode, output, error) = await ServerProcess.Run(["--data", _folder.Path, "--verbose"]);

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.StartsWith("labserver: There is no option '--verbose'.", error, StringComparison.Ordinal);
        Assert.Contains("Usage: labserver", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("--help", "Usage: labserver")]
    [InlineData("--version", "0.")]
    public async Task Process_HelpAndVersion_AreAnsweredWithoutServing(string option, string start)
    {
        var (exitCode, output, error) = await ServerProcess.Run([option]);

        Assert.Equal(0, exitCode);
        Assert.StartsWith(start, output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public async Task Process_PortInUse_IsRefused()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (exitCode, _, error) = await ServerProcess.Run(
            ["--data", _folder.Path, "--grpc-port", FormattableString.Invariant($"{port}"), "--http-port", "0"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("address already in use", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "endpoints.json")));
    }

    public void Dispose() => _folder.Dispose();
}

using System.Net;
using System.Text.Json;
using LabServer.Api.Health;
using LabServer.Tests.Support;
using static LabServer.Api.Health.Health;

namespace LabServer.Tests.Hosting;

public sealed class EndpointsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task File_WhileServing_HoldsBothAddresses()
    {
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(server.DataFolder, "endpoints.json")));

        Assert.Equal(server.GrpcAddress, new Uri(json.RootElement.GetProperty("grpc").GetString()!));
        Assert.Equal(server.HttpAddress, new Uri(json.RootElement.GetProperty("http").GetString()!));
        Assert.All([server.GrpcAddress, server.HttpAddress], address => Assert.Equal("127.0.0.1", address.Host));
        Assert.NotEqual(server.GrpcAddress.Port, server.HttpAddress.Port);
    }

    [Fact]
    public async Task Http_Root_SaysWhatItIs()
    {
        using var http = new HttpClient();
        var text = await http.GetStringAsync(server.HttpAddress);

        Assert.StartsWith("LabServer 0.", text, StringComparison.Ordinal);
        Assert.Contains(server.GrpcAddress.ToString().TrimEnd('/'), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_UnknownPath_IsNotFound()
    {
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(server.HttpAddress, "/admin.key"))).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("grpc.health.v1.Health")]
    public async Task Health_WhileServing_IsServing(string service)
    {
        var answer = await new HealthClient(server.Channel).CheckAsync(new HealthCheckRequest { Service = service });

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task Stop_WatchOfHealth_SeesNotServingAndEnds()
    {
        await using var own = await ServerFixture.Start();
        using var channel = own.OpenChannel();
        using var watch = new HealthClient(channel).Watch(new HealthCheckRequest());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, watch.ResponseStream.Current.Status);

        var seen = watch.ResponseStream.MoveNext(CancellationToken.None);
        var stopped = own.StopServer();

        Assert.True(await seen);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, watch.ResponseStream.Current.Status);
        await stopped;
        Assert.False(File.Exists(Path.Combine(own.DataFolder, "endpoints.json")));
    }
}

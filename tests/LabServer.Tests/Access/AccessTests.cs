using Grpc.Core;
using LabServer.Api;
using LabServer.Api.Health;
using LabServer.Api.V1;
using LabServer.Tests.Support;
using static LabServer.Api.Health.Health;

namespace LabServer.Tests.Access;

public sealed class AccessTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Call_WithoutAKey_GoesThrough() =>
        Assert.NotNull(await server.Jobs.ListJobRunsAsync(new ListJobRunsRequest()));

    [Fact]
    public async Task Call_WithTheKey_GoesThrough() =>
        Assert.NotNull(await server.Jobs.ListJobRunsAsync(new ListJobRunsRequest(), ServerFixture.Key(server.AdminKey)));

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer ")]
    [InlineData("")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    public async Task Call_WithAWrongKey_IsUnauthenticated(string header)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => server.Jobs.ListJobRunsAsync(
            new ListJobRunsRequest(), new Metadata { { "authorization", header } }).ResponseAsync);

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.Equal("KEY_UNKNOWN", RpcFault.Read(refused).Reason);
    }

    [Fact]
    public async Task Call_WithTheKeyTwice_IsUnauthenticated()
    {
        var headers = ServerFixture.Key(server.AdminKey);
        headers.Add("authorization", $"Bearer {server.AdminKey}");

        var refused = await Assert.ThrowsAsync<RpcException>(
            () => server.Jobs.ListJobRunsAsync(new ListJobRunsRequest(), headers).ResponseAsync);

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task Stream_WithAWrongKey_IsUnauthenticated()
    {
        using var call = server.Jobs.WatchJobRun(new WatchJobRunRequest { RunId = "x" }, ServerFixture.Key("wrong"));

        var refused = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task RequireKey_WithoutAKey_RefusesAllButHealthAndReflection()
    {
        await using var strict = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Access:RequireKey"] = "true" });

        var refused = await Assert.ThrowsAsync<RpcException>(() => strict.Jobs.ListJobRunsAsync(new ListJobRunsRequest()).ResponseAsync);
        var health = await new HealthClient(strict.Channel).CheckAsync(new HealthCheckRequest());

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.Equal("KEY_MISSING", RpcFault.Read(refused).Reason);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        Assert.NotNull(await strict.Jobs.ListJobRunsAsync(new ListJobRunsRequest(), ServerFixture.Key(strict.AdminKey)));
    }
}

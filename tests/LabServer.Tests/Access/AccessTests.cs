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
    public async Task Call_WithTheKey_GoesThrough() =>
        Assert.NotNull(await server.Jobs.ListJobRunsAsync(new ListJobRunsRequest(), ServerFixture.Key(server.AdminKey)));

    [Fact]
    public async Task Call_WithoutAKey_RefusesAllButHealthAndReflection()
    {
        using var channel = server.OpenKeylessChannel();

        await Refused.With(StatusCode.Unauthenticated, "KEY_MISSING", new JobsService.JobsServiceClient(channel).ListJobRunsAsync(new ListJobRunsRequest()));
        var health = await new HealthClient(channel).CheckAsync(new HealthCheckRequest());

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

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
    public async Task Upload_WithoutAKey_IsRefusedBeforeAnythingIsUnpacked()
    {
        using var channel = server.OpenKeylessChannel();
        var garbage = new byte[1024];
        Array.Fill(garbage, (byte)0xFF);
        var bytes = Marshallers.Create<byte[]>(value => value, value => value);
        var method = new Method<byte[], byte[]>(MethodType.Unary, "labserver.v1.IngestionService", "SubmitResults", bytes, bytes);

        await Refused.With(StatusCode.Unauthenticated, "KEY_MISSING", channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(), garbage));
    }

    [Fact]
    public async Task RequireKeyFalse_WithoutAKey_GoesThroughAsAnonymous()
    {
        await using var open = await ServerFixture.Start(new Dictionary<string, string?> { ["LabServer:Access:RequireKey"] = "false" });
        using var channel = open.OpenKeylessChannel();

        var caller = await new AccessService.AccessServiceClient(channel).GetCallerAsync(new GetCallerRequest());

        Assert.Equal(("anonymous", Role.Admin), (caller.Name, caller.Role));
        await Refused.With(
            StatusCode.Unauthenticated, "KEY_UNKNOWN", new JobsService.JobsServiceClient(channel).ListJobsAsync(new ListJobsRequest(), ServerFixture.Key("wrong")));
    }
}

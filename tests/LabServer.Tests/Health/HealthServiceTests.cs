using Grpc.Core;
using LabServer.Api;
using LabServer.Health;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static LabServer.Api.Health.Health;
using static LabServer.Api.Health.HealthCheckResponse.Types;
using HealthCheckRequest = LabServer.Api.Health.HealthCheckRequest;
using HealthCheckResponse = LabServer.Api.Health.HealthCheckResponse;

namespace LabServer.Tests.Health;

public sealed class HealthServiceTests : IAsyncLifetime
{
    private const string Ingestion = "labserver.v1.IngestionService";

    private LoopbackServer _server = null!;
    private HealthClient _client = null!;
    private HealthStatuses _statuses = null!;

    public async Task InitializeAsync()
    {
        _server = await LoopbackServer.Start(services => services.AddHealth(), routes => routes.MapHealth());
        _client = new HealthClient(_server.Channel);
        _statuses = _server.Services.GetRequiredService<HealthStatuses>();
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Check_OfTheServer_IsNotServingUntilSet()
    {
        Assert.Equal(ServingStatus.NotServing, (await Check(HealthStatuses.Server)).Status);
        _statuses.Set(HealthStatuses.Server, ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, (await Check(HealthStatuses.Server)).Status);
    }

    [Fact]
    public async Task Check_OfOneService_IsItsOwn()
    {
        _statuses.Set(HealthStatuses.Server, ServingStatus.Serving);
        _statuses.Set(Ingestion, ServingStatus.NotServing);
        Assert.Equal(ServingStatus.NotServing, (await Check(Ingestion)).Status);
    }

    [Fact]
    public async Task Check_OfAnUnknownService_IsNotFound()
    {
        var fault = RpcFault.Read(await Assert.ThrowsAsync<RpcException>(() => Check("labserver.v1.Nothing")));
        Assert.Equal(StatusCode.NotFound, fault.Code);
        Assert.Equal("SERVICE_NOT_FOUND", fault.Reason);
        Assert.Equal("labserver.v1.Nothing", fault.ResourceName);
    }

    [Fact]
    public async Task Watch_OfAServiceThatComesAndGoes_SaysSoAtOnceAndOnEachChange()
    {
        using var call = _client.Watch(new HealthCheckRequest { Service = Ingestion });
        Assert.Equal(ServingStatus.ServiceUnknown, await Next(call));
        _statuses.Set(Ingestion, ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, await Next(call));
        _statuses.Set(Ingestion, ServingStatus.Serving);
        _statuses.Set(HealthStatuses.Server, ServingStatus.Serving);
        _statuses.SetAll(ServingStatus.NotServing);
        Assert.Equal(ServingStatus.NotServing, await Next(call));
    }

    [Fact]
    public async Task Watch_WhenTheServerStops_SaysNotServingAndEnds()
    {
        _statuses.Set(HealthStatuses.Server, ServingStatus.Serving);
        using var call = _client.Watch(new HealthCheckRequest());
        Assert.Equal(ServingStatus.Serving, await Next(call));
        var stop = _server.Stop();
        Assert.Equal(ServingStatus.NotServing, await Next(call));
        await Refused.With(StatusCode.Unavailable, "SERVER_STOPPING", () => call.ResponseStream.MoveNext(CancellationToken.None));
        await stop;
    }

    [Fact]
    public async Task Watch_Cancelled_LeavesOtherWatchesAlone()
    {
        using var cancellation = new CancellationTokenSource();
        using var left = _client.Watch(new HealthCheckRequest(), cancellationToken: cancellation.Token);
        using var stays = _client.Watch(new HealthCheckRequest());
        await Next(left);
        await Next(stays);
        await cancellation.CancelAsync();
        _statuses.Set(HealthStatuses.Server, ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, await Next(stays));
        var failure = await Assert.ThrowsAsync<RpcException>(() => left.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
    }

    private static async Task<ServingStatus> Next(AsyncServerStreamingCall<HealthCheckResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current.Status;
    }

    private async Task<HealthCheckResponse> Check(string service) =>
        await _client.CheckAsync(new HealthCheckRequest { Service = service });
}

using LabServer.Health;
using static LabServer.Api.Health.HealthCheckResponse.Types;

namespace LabServer.Tests.Health;

public sealed class HealthStatusesTests
{
    private readonly HealthStatuses _statuses = new();

    [Fact]
    public async Task Watch_ReadLate_SkipsToTheLastState()
    {
        await using var watch = _statuses.Watch("a", CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await watch.MoveNextAsync());
        _statuses.Set("a", ServingStatus.Serving);
        _statuses.Set("a", ServingStatus.NotServing);
        _statuses.Stop();
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(ServingStatus.NotServing, watch.Current);
        Assert.False(await watch.MoveNextAsync());
    }

    [Fact]
    public async Task Watch_AfterStop_SaysNotServingAndEnds()
    {
        _statuses.Set("a", ServingStatus.Serving);
        _statuses.Stop();
        _statuses.Set("a", ServingStatus.Serving);
        var seen = new List<ServingStatus>();
        await foreach (var status in _statuses.Watch("a", CancellationToken.None))
        {
            seen.Add(status);
        }

        Assert.Equal([ServingStatus.NotServing], seen);
    }

    [Fact]
    public void SetAll_AfterOneIsKnown_SetsItAndTheServer()
    {
        _statuses.Set("a", ServingStatus.NotServing);
        _statuses.SetAll(ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, _statuses.Get("a"));
        Assert.Equal(ServingStatus.Serving, _statuses.Get(HealthStatuses.Server));
        Assert.Null(_statuses.Get("b"));
    }
}

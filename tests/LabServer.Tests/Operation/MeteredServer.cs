using System.Diagnostics.Metrics;
using LabServer.Jobs;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LabServer.Tests.Operation;

/// <summary>A server, and everything that it has measured.</summary>
public sealed class MeteredServer : IAsyncLifetime
{
    public ServerFixture Server { get; private set; } = null!;

    internal MeterReadings Readings { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await ServerFixture.Start();
        Readings = new MeterReadings(Server.Services.GetRequiredService<Meter>());
        // Made when the first job runs.
        Server.Services.GetRequiredService<JobMetrics>();
    }

    public async Task DisposeAsync()
    {
        Readings.Dispose();
        await Server.DisposeAsync();
    }
}

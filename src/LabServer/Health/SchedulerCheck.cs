using Microsoft.Extensions.Diagnostics.HealthChecks;
using Quartz;

namespace LabServer.Health;

/// <summary>Whether the clock of the jobs goes.</summary>
internal sealed class SchedulerCheck(ISchedulerFactory factory) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        return await scheduler.GetStatus(cancellationToken) == SchedulerStatus.Running
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The scheduler does not run: no job starts by itself.");
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using static LabServer.Api.Health.HealthCheckResponse.Types;

namespace LabServer.Health;

/// <summary>Whether the server says of itself that it serves: not yet while it starts, and no more once it stops.</summary>
internal sealed class ServingCheck(HealthStatuses statuses) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(statuses.Get(HealthStatuses.Server) == ServingStatus.Serving
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The server is starting or stopping."));
}

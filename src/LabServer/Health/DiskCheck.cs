using LabServer.Hosting;
using LabServer.Operation;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace LabServer.Health;

/// <summary>Whether the disk of the data folder has room.</summary>
internal sealed class DiskCheck(DataFolder folder, IOptions<OperationOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var least = options.Value.MinimumFreeBytes;
        if (least == 0)
        {
            return HealthCheckResult.Healthy();
        }

        try
        {
            var free = folder.FreeBytes;
            return free >= least
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy(FormattableString.Invariant(
                    $"The disk of the data folder has {free / 1_000_000} MB free, less than the {least / 1_000_000} MB set."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Unhealthy("The data folder cannot be reached.");
        }
    }
}

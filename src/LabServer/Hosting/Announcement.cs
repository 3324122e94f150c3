using System.Text.Json;
using LabServer.Health;
using LabServer.Reflection;
using static LabServer.Api.Health.HealthCheckResponse.Types;

namespace LabServer.Hosting;

/// <summary>
/// Tells others that the server serves: health first, then <c>endpoints.json</c>, so that whoever finds the file finds a
/// server that says SERVING. Both are taken back before the server stops.
/// </summary>
internal sealed class Announcement(
    DataFolder folder, Endpoints endpoints, HealthStatuses health, ServedSchema schema, ILogger<Announcement> logger)
    : IHostedLifecycleService
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var service in schema.Services.Prepend(HealthStatuses.Server))
        {
            health.Set(service, ServingStatus.Serving);
        }

        AtomicFile.Write(
            folder.EndpointsFile, JsonSerializer.Serialize(new { grpc = endpoints.Grpc, http = endpoints.Http }) + "\n", Readable);
        logger.Serving(endpoints.Grpc, endpoints.Http, folder.Root);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        health.Stop();
        File.Delete(folder.EndpointsFile);
        logger.Stopping();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

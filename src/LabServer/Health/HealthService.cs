using Grpc.Core;
using LabServer.Access;
using LabServer.Api.Health;
using static LabServer.Api.Health.Health;

namespace LabServer.Health;

/// <summary>The gRPC health protocol over <see cref="HealthStatuses"/>.</summary>
[Open]
internal sealed class HealthService(HealthStatuses statuses) : HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        statuses.Get(request.Service) is { } status
            ? Task.FromResult(new HealthCheckResponse { Status = status })
            : throw RpcErrors.NotFound("service", request.Service);

    public override async Task Watch(
        HealthCheckRequest request,
        IServerStreamWriter<HealthCheckResponse> responseStream,
        ServerCallContext context)
    {
        try
        {
            await foreach (var status in statuses.Watch(request.Service, context.CancellationToken))
            {
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, context.CancellationToken);
            }

            // Nothing but the stop ends what is watched.
            throw RpcErrors.ServerStopping();
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // The watcher left, which is how a watch ends.
        }
    }
}

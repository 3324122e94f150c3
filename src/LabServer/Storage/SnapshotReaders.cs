using Grpc.Core;
using Microsoft.Extensions.Options;

namespace LabServer.Storage;

/// <summary>Gives each answer that is made as it is read its <see cref="SnapshotReader"/>.</summary>
internal sealed class SnapshotReaders(IOptions<StorageOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    public SnapshotReader Of(ServerCallContext call) => new(options.Value, time, lifetime.ApplicationStopping, call.CancellationToken);
}

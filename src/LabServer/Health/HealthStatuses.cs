using System.Runtime.CompilerServices;
using System.Threading.Channels;
using static LabServer.Api.Health.HealthCheckResponse.Types;

namespace LabServer.Health;

/// <summary>
/// How the server and each of its services is. The empty name is the server as a whole, NOT_SERVING until set.
/// Safe to use from many threads.
/// </summary>
internal sealed class HealthStatuses
{
    /// <summary>The name of the server as a whole.</summary>
    public const string Server = "";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ServingStatus> _statuses = new() { [Server] = ServingStatus.NotServing };
    private readonly List<(string Service, Channel<ServingStatus> Changes)> _watchers = [];
    private bool _stopped;

    /// <summary>Says how a service is now. Of no effect after <see cref="Stop"/>.</summary>
    /// <param name="service">Full name, such as <c>labserver.v1.IngestionService</c>; <see cref="Server"/> for the whole.</param>
    /// <param name="status">SERVING or NOT_SERVING.</param>
    public void Set(string service, ServingStatus status)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            if (!_stopped)
            {
                Change(service, status);
            }
        }
    }

    /// <summary>Says the same of the server and every service known so far.</summary>
    public void SetAll(ServingStatus status)
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                ChangeAll(status);
            }
        }
    }

    /// <summary>How the service is now; null for one that was never set.</summary>
    public ServingStatus? Get(string service)
    {
        lock (_gate)
        {
            return _statuses.TryGetValue(service, out var status) ? status : null;
        }
    }

    /// <summary>Says NOT_SERVING of everything, for good, and ends every watch once that is read.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            ChangeAll(ServingStatus.NotServing);
            _stopped = true;
            foreach (var (_, changes) in _watchers)
            {
                changes.Writer.TryComplete();
            }
        }
    }

    /// <summary>
    /// How the service is now, and then each change; SERVICE_UNKNOWN as long as it was never set. A slow reader misses
    /// states in between, never the last one.
    /// </summary>
    public async IAsyncEnumerable<ServingStatus> Watch(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changes = Channel.CreateBounded<ServingStatus>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var watcher = (service, changes);
        lock (_gate)
        {
            changes.Writer.TryWrite(_statuses.GetValueOrDefault(service, ServingStatus.ServiceUnknown));
            if (_stopped)
            {
                changes.Writer.TryComplete();
            }

            _watchers.Add(watcher);
        }

        try
        {
            await foreach (var status in changes.Reader.ReadAllAsync(cancellationToken))
            {
                yield return status;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(watcher);
            }
        }
    }

    private void ChangeAll(ServingStatus status)
    {
        foreach (var service in _statuses.Keys.ToArray())
        {
            Change(service, status);
        }
    }

    private void Change(string service, ServingStatus status)
    {
        if (_statuses.TryGetValue(service, out var before) && before == status)
        {
            return;
        }

        _statuses[service] = status;
        foreach (var (watched, changes) in _watchers)
        {
            if (watched == service)
            {
                changes.Writer.TryWrite(status);
            }
        }
    }
}

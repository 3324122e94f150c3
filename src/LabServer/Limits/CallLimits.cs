using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace LabServer.Limits;

/// <summary>How many calls a caller may begin and have open, and how many with keys that are not taken come from an address.</summary>
internal sealed class CallLimits(IOptions<LimitsOptions> options, ILogger<CallLimits> logger) : IDisposable
{
    private const int LogsPerMinute = 1;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> _begun = Buckets(options.Value.CallsPerSecond, options.Value.CallsBurst, Second);
    private readonly PartitionedRateLimiter<string> _open = PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetConcurrencyLimiter(
        who, _ => new ConcurrencyLimiterOptions { PermitLimit = options.Value.CallsAtOnce, QueueLimit = 0 }));

    private readonly PartitionedRateLimiter<string> _refused = Buckets(
        // A sixtieth each second, so that nobody waits for a whole minute.
        (options.Value.RefusedKeysPerMinute + 59) / 60, options.Value.RefusedKeysPerMinute, Second);

    private readonly PartitionedRateLimiter<string> _logged = Buckets(LogsPerMinute, LogsPerMinute, Minute);

    /// <summary>Lets a caller begin a call, which is open until what is returned is disposed.</summary>
    /// <param name="who">Name of the caller.</param>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED, with when to try again.</exception>
    public IDisposable Begin(string who)
    {
        using var begun = _begun.AttemptAcquire(who);
        if (!begun.IsAcquired)
        {
            throw RpcErrors.ResourceExhausted("TOO_MANY_CALLS", "You call more often than this server allows; try again later.", RetryAfter(begun));
        }

        var open = _open.AttemptAcquire(who);
        return open.IsAcquired
            ? open
            : throw RpcErrors.ResourceExhausted("TOO_MANY_CALLS_AT_ONCE", "You have as many calls open as this server allows; end some.", Second);
    }

    /// <summary>Lets somebody without a key begin one of the calls that need none.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED, with when to try again.</exception>
    public IDisposable Begin(IPAddress? address) => Begin(Network(address));

    /// <summary>Counts a call that was not let in.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: there were too many from this address.</exception>
    public void Refuse(IPAddress? address)
    {
        var network = Network(address);
        using var refused = _refused.AttemptAcquire(network);
        if (refused.IsAcquired)
        {
            return;
        }

        using var logged = _logged.AttemptAcquire(network);
        if (logged.IsAcquired)
        {
            logger.TooManyRefused(network);
        }

        // Said to who sends keys that are not taken alone: a good key from the same address, behind a proxy perhaps, goes on.
        throw RpcErrors.ResourceExhausted("TOO_MANY_ATTEMPTS", "Too many calls without a key that is taken came from your address; try again later.", RetryAfter(refused));
    }

    public void Dispose()
    {
        _begun.Dispose();
        _open.Dispose();
        _refused.Dispose();
        _logged.Dispose();
    }

    /// <summary>An address as it is counted: with IPv6 the network, as whoever has one address there has 2^64 of them.</summary>
    internal static string Network(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return $"address {(address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address)}";
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bytes.Length / 2).Clear();
        return $"network {new IPAddress(bytes)}/64";
    }

    private static PartitionedRateLimiter<string> Buckets(int perPeriod, int burst, TimeSpan period) =>
        PartitionedRateLimiter.Create<string, string>(who => perPeriod == 0 ? RateLimitPartition.GetNoLimiter(who) : RateLimitPartition.GetTokenBucketLimiter(
            who, _ => new TokenBucketRateLimiterOptions { TokenLimit = burst, TokensPerPeriod = perPeriod, ReplenishmentPeriod = period, QueueLimit = 0 }));

    private static TimeSpan RetryAfter(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > Second ? after : Second;
}

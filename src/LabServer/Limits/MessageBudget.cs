using Microsoft.Extensions.Options;

namespace LabServer.Limits;

/// <summary>
/// How much of large messages all callers together may have in memory, as sent and as unpacked. What a message costs is spent
/// before anybody can look at it, so that each of many callers within its own limits could else fill the memory with them.
/// </summary>
internal sealed class MessageBudget(IOptions<LimitsOptions> options)
{
    private const long Free = 64 * 1024;

    // As sent and unpacked, so that one message always fits.
    private readonly long _most = Math.Max(options.Value.LargeMessageBytes, 2L * options.Value.MessageBytes);

    private long _held;

    /// <summary>What is held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>What of a message's bytes is counted: what is over 64 KiB.</summary>
    public static long Counted(long bytes) => Math.Max(0, bytes - Free);

    /// <summary>Takes a share. False: there is not so much left, and nothing was taken.</summary>
    public bool TryHold(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= _most)
        {
            return true;
        }

        Release(bytes);
        return false;
    }

    /// <summary>Gives a share back.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _held, -bytes);
}

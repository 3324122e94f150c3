using System.Text;

namespace LabServer.Cli.SampleTrial;

/// <summary>
/// Random numbers that are the same on every machine and in every run. Algorithm: SplitMix64 (Steele, Lea, Flood 2014),
/// started from the seed mixed with the FNV-1a hash of a label, so that each purpose has a stream of its own and adding
/// a test changes no other. Only integers and <see cref="decimal"/>: no floating point, hence no rounding by platform.
/// </summary>
internal sealed class SampleRandom
{
    private ulong _state;

    private SampleRandom(ulong state) => _state = state;

    /// <summary>The stream of one purpose, for instance <c>visits/Month 3</c>.</summary>
    public static SampleRandom For(long seed, string label)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var octet in Encoding.UTF8.GetBytes(label))
        {
            hash = unchecked((hash ^ octet) * 0x100000001B3UL);
        }

        return new SampleRandom(unchecked((ulong)seed * 0x9E3779B97F4A7C15UL) ^ hash);
    }

    /// <summary>An integer from 0 to <paramref name="bound"/> - 1.</summary>
    public int Next(int bound) => (int)Math.BigMul(NextBits(), (ulong)bound, out _);

    /// <summary>An integer from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Next(high - low + 1);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included, in 10,001 even steps.</summary>
    public decimal Between(decimal low, decimal high) => low + ((high - low) * Next(10_001) / 10_000m);

    /// <summary>The items in random order (Fisher-Yates).</summary>
    public T[] Shuffle<T>(IEnumerable<T> items)
    {
        var shuffled = items.ToArray();
        for (var last = shuffled.Length - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (shuffled[last], shuffled[other]) = (shuffled[other], shuffled[last]);
        }

        return shuffled;
    }

    private ulong NextBits()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var bits = _state;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
            return bits ^ (bits >> 31);
        }
    }
}

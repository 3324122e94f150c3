namespace LabServer.Core.Statistics;

/// <summary>
/// The n·m differences a − b of two samples, in order, without making them: the k-th smallest is found by halving the
/// range of doubles and counting. Rounding is monotone, so the differences as rounded doubles still ascend with a and
/// descend with b, one pass of two pointers counts those up to a bound, and the answer is, bit for bit, the one that
/// sorting all differences gives. At most 64 passes of n + m steps each.
/// </summary>
internal static class PairwiseDifferences
{
    /// <summary>The k-th smallest difference, k from 1.</summary>
    public static double Ordered(ReadOnlySpan<double> a, ReadOnlySpan<double> b, long k)
    {
        var low = Key(a[0] - b[^1]);
        var high = Key(a[^1] - b[0]);
        while (low < high)
        {
            var middle = low + (long)((ulong)(high - low) / 2);
            if (CountUpTo(a, b, FromKey(middle)) >= k)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return FromKey(low);
    }

    private static long CountUpTo(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double bound)
    {
        var count = 0L;
        var j = 0;
        foreach (var value in a)
        {
            while (j < b.Length && value - b[j] > bound)
            {
                j++;
            }

            if (j == b.Length)
            {
                break;
            }

            count += b.Length - j;
        }

        return count;
    }

    // Doubles as whole numbers in the same order; keys of neighbours differ by one. Both zeros have key 0.
    private static long Key(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits < 0 ? long.MinValue - bits : bits;
    }

    private static double FromKey(long key) => BitConverter.Int64BitsToDouble(key < 0 ? long.MinValue - key : key);
}

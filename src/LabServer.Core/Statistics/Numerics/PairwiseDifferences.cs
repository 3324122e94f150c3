namespace LabServer.Core.Statistics;

/// <summary>
/// The n·m differences a − b of two samples, in order, without making them: the k-th smallest is found by halving the
/// range of doubles and counting, and each pass narrows the range to differences that there are, so that few distinct values
/// take few passes. Rounding is monotone, so the differences as rounded doubles still ascend with a and descend with b, one
/// pass of two pointers counts those up to a bound, and the answer is, bit for bit, the one that sorting all differences
/// gives. At most 64 passes of n + m steps each.
/// </summary>
internal static class PairwiseDifferences
{
    /// <summary>The k-th smallest difference, k from 1.</summary>
    public static double Ordered(ReadOnlySpan<double> a, ReadOnlySpan<double> b, long k)
    {
        var low = a[0] - b[^1];
        var high = a[^1] - b[0];
        while (low < high)
        {
            var from = Key(low);
            var middle = from + (long)((ulong)(Key(high) - from) / 2);
            var (count, last, next) = CountUpTo(a, b, FromKey(middle));
            if (count >= k)
            {
                high = last;
            }
            else
            {
                low = next;
            }
        }

        return low;
    }

    // How many differences are up to a bound, the largest of these, and the smallest of the others.
    private static (long Count, double Last, double Next) CountUpTo(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double bound)
    {
        var (count, last, next) = (0L, double.NegativeInfinity, double.PositiveInfinity);
        var j = 0;
        foreach (var value in a)
        {
            while (j < b.Length && value - b[j] > bound)
            {
                j++;
            }

            if (j > 0)
            {
                next = Math.Min(next, value - b[j - 1]);
            }

            if (j == b.Length)
            {
                break;
            }

            last = Math.Max(last, value - b[j]);
            count += b.Length - j;
        }

        return (count, last, next);
    }

    // Doubles as whole numbers in the same order; keys of neighbours differ by one. Both zeros have key 0.
    private static long Key(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits < 0 ? long.MinValue - bits : bits;
    }

    private static double FromKey(long key) => BitConverter.Int64BitsToDouble(key < 0 ? long.MinValue - key : key);
}

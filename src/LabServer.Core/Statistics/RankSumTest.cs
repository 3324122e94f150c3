namespace LabServer.Core.Statistics;

/// <summary>Wilcoxon's rank sum test (Mann and Whitney), first arm against second.</summary>
/// <param name="W">
/// Rank sum of the first arm minus n(n + 1)/2, as R prints it: the number of pairs in which the first arm is higher, ties
/// counting a half. SAS prints the rank sum itself.
/// </param>
/// <param name="P">Two-sided p.</param>
/// <param name="Exact">True: p from the exact distribution; false: by normal approximation, or not computed.</param>
/// <param name="Reason"><see cref="NotComputed.ArmEmpty"/>, or <see cref="NotComputed.NoVariation"/> where all values are equal (W stands, p does not).</param>
public sealed record RankSumTest(double? W, double? P, bool Exact, NotComputed Reason)
{
    private const int ExactBelow = 50;

    /// <summary>
    /// R's <c>wilcox.test(a, b)</c>: exact where both arms have fewer than 50 values and there are no ties, else the normal
    /// approximation with midranks, variance corrected for ties and a continuity correction of one half,
    /// z = (W − nm/2 ∓ ½) / √(nm/12 · (n + m + 1 − Σ(t³ − t)/((n + m)(n + m − 1)))); Hollander and Wolfe, Nonparametric
    /// Statistical Methods, 1973, 4.1. The normal approximation is also that of SAS PROC NPAR1WAY.
    /// </summary>
    public static RankSumTest Of(Sample a, Sample b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count == 0 || b.Count == 0)
        {
            return new RankSumTest(null, null, false, NotComputed.ArmEmpty);
        }

        var (w, ties) = Count(a.Sorted, b.Sorted);
        if (ties == 0 && a.Count < ExactBelow && b.Count < ExactBelow)
        {
            return new RankSumTest(w, RankSumDistribution.TwoSided((int)w, a.Count, b.Count), true, NotComputed.None);
        }

        double n = a.Count;
        double m = b.Count;
        var all = n + m;
        var variance = n * m / 12 * (all + 1 - (ties / (all * (all - 1))));
        if (a.Sorted[0] == b.Sorted[^1] && b.Sorted[0] == a.Sorted[^1])
        {
            return new RankSumTest(w, null, false, NotComputed.NoVariation);
        }

        var deviation = w - (n * m / 2);
        var z = (deviation - (Math.Sign(deviation) * 0.5)) / Math.Sqrt(variance);
        return new RankSumTest(w, Tails.Normal(z), false, NotComputed.None);
    }

    // W, and Σ(t³ − t) over groups of t equal values of both arms.
    private static (double W, double Ties) Count(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (w, ties) = (0.0, 0.0);
        var (i, j) = (0, 0);
        while (i < a.Length || j < b.Length)
        {
            var value = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i] : b[j];
            var (fromA, fromB) = (i, j);
            while (i < a.Length && a[i] == value)
            {
                i++;
            }

            while (j < b.Length && b[j] == value)
            {
                j++;
            }

            double tied = i - fromA + (j - fromB);
            w += (i - fromA) * (fromB + ((j - fromB) / 2.0));
            ties += (tied * tied * tied) - tied;
        }

        return (w, ties);
    }
}

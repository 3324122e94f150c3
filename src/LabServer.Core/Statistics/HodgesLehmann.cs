namespace LabServer.Core.Statistics;

/// <summary>The Hodges–Lehmann shift of the first arm against the second, with the Moses confidence interval.</summary>
/// <param name="Estimate">Median of all pairwise differences a − b, in the unit of the values; null only where an arm is empty.</param>
/// <param name="Interval">Asymptotic 95 % interval; null where the arms are too small for one.</param>
/// <param name="Reason">
/// <see cref="NotComputed.ArmEmpty"/>, or <see cref="NotComputed.TooFewValues"/> where the index of the limits is below 1
/// (the estimate stands, the interval does not).
/// </param>
public sealed record HodgesLehmann(double? Estimate, Interval? Interval, NotComputed Reason)
{
    /// <summary>
    /// The estimate of Hodges and Lehmann (Ann Math Stat 1963;34:598). Limits are the C-th smallest and C-th largest
    /// difference, C = nm/2 − z₀.₉₇₅ · √(nm(n + m + 1)/12) rounded to the nearest whole number: the asymptotic (Moses) limits
    /// of SAS PROC NPAR1WAY, option HL (Hollander and Wolfe 1999, 4.3). R's <c>wilcox.test(conf.int = TRUE)</c> is no
    /// reference: without the exact distribution it searches for other limits, and only to 1e-4.
    /// </summary>
    public static HodgesLehmann Of(Sample a, Sample b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count == 0 || b.Count == 0)
        {
            return new HodgesLehmann(null, null, NotComputed.ArmEmpty);
        }

        var pairs = (long)a.Count * b.Count;
        var upper = PairwiseDifferences.Ordered(a.Sorted, b.Sorted, (pairs / 2) + 1);
        var estimate = pairs % 2 == 1
            ? upper
            : (PairwiseDifferences.Ordered(a.Sorted, b.Sorted, pairs / 2) + upper) / 2;

        var index = LimitIndex(a.Count, b.Count);
        return index < 1
            ? new HodgesLehmann(estimate, null, NotComputed.TooFewValues)
            : new HodgesLehmann(
                estimate,
                new Interval(
                    PairwiseDifferences.Ordered(a.Sorted, b.Sorted, index),
                    PairwiseDifferences.Ordered(a.Sorted, b.Sorted, pairs + 1 - index)),
                NotComputed.None);
    }

    /// <summary>C of the limits; below 1 where the normal approximation reaches beyond all differences.</summary>
    internal static long LimitIndex(int n, int m)
    {
        var pairs = (double)n * m;
        var spread = Tails.Z975 * Math.Sqrt(pairs * ((double)n + m + 1) / 12);
        return (long)Math.Round((pairs / 2) - spread, MidpointRounding.AwayFromZero);
    }
}

namespace LabServer.Core.Statistics;

/// <summary>Number, mean, standard deviation, quartiles and extremes of one arm's values.</summary>
/// <param name="N">The number of values. 0: everything else is null.</param>
/// <param name="Mean">Arithmetic mean, in the unit of the values.</param>
/// <param name="Sd">Standard deviation with divisor n − 1, in the unit of the values; null for fewer than two values, 0 where all are equal.</param>
/// <param name="Median">The 50 % quantile.</param>
/// <param name="Q1">The 25 % quantile.</param>
/// <param name="Q3">The 75 % quantile.</param>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
/// <param name="Reason"><see cref="NotComputed.NoValues"/> for n = 0, <see cref="NotComputed.TooFewValues"/> for n = 1 (no standard deviation).</param>
public sealed record SampleSummary(
    int N, double? Mean, double? Sd, double? Median, double? Q1, double? Q3, double? Min, double? Max, NotComputed Reason)
{
    /// <summary>Summarises a sample.</summary>
    /// <remarks>
    /// Quantiles are those of SAS definition 5 (PCTLDEF=5, its default), which is type 2 of Hyndman and Fan (Am Stat
    /// 1996;50:361) and R's <c>quantile(type = 2)</c>: the value of rank n·p rounded up, and where n·p is whole the mean of
    /// that one and the next. Mean and standard deviation are R's <c>mean</c> and <c>sd</c>.
    /// </remarks>
    public static SampleSummary Of(Sample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var n = sample.Count;
        if (n == 0)
        {
            return new SampleSummary(0, null, null, null, null, null, null, null, NotComputed.NoValues);
        }

        double? sd = n < 2 ? null : Math.Sqrt(sample.SquaredDeviations / (n - 1));
        return new SampleSummary(
            n,
            sample.Mean,
            sd,
            Quantile(sample.Sorted, 2),
            Quantile(sample.Sorted, 1),
            Quantile(sample.Sorted, 3),
            sample.Sorted[0],
            sample.Sorted[^1],
            n < 2 ? NotComputed.TooFewValues : NotComputed.None);
    }

    /// <summary>Summarises values in any order.</summary>
    public static SampleSummary Of(IEnumerable<double> values) => Of(Sample.Of(values));

    // In whole numbers, so that "n·p is whole" is no question of rounding.
    private static double Quantile(ReadOnlySpan<double> sorted, int quarters)
    {
        var (rank, rest) = Math.DivRem((long)sorted.Length * quarters, 4);
        return rest == 0 ? (sorted[(int)rank - 1] + sorted[(int)rank]) / 2 : sorted[(int)rank];
    }
}

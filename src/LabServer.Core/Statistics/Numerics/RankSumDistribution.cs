namespace LabServer.Core.Statistics;

/// <summary>The exact null distribution of the rank sum statistic W without ties.</summary>
internal static class RankSumDistribution
{
    /// <summary>Two-sided p: twice the smaller tail that contains w, at most 1; R's <c>pwilcox</c> as <c>wilcox.test</c> uses it.</summary>
    /// <param name="w">The statistic, 0 to n·m.</param>
    /// <param name="n">Values of the first arm, below 50.</param>
    /// <param name="m">Values of the second arm, below 50.</param>
    public static double TwoSided(int w, int n, int m)
    {
        // The distribution is symmetric, so the smaller tail is always the lower one of w or its mirror image.
        var tail = Math.Min(w, (n * m) - w);
        var counts = Counts(tail, n, m);
        Int128 below = 0;
        foreach (var count in counts)
        {
            below += count;
        }

        return Math.Min(1, 2 * ((double)below / (double)Arrangements(n, m)));
    }

    // The number of arrangements with W = 0 … last: coefficients of the product of (1 − q^(m+i)) / (1 − q^i), i = 1 … n
    // (Gaussian binomial). In whole numbers, so that nothing is lost where factors are subtracted; with arms below 50 no
    // number on the way passes 10^30. Memory is one row of counts.
    private static Int128[] Counts(int last, int n, int m)
    {
        var counts = new Int128[last + 1];
        counts[0] = 1;
        for (var i = 1; i <= n; i++)
        {
            for (var k = last; k >= m + i; k--)
            {
                counts[k] -= counts[k - m - i];
            }

            for (var k = i; k <= last; k++)
            {
                counts[k] += counts[k - i];
            }
        }

        return counts;
    }

    // (n + m) over n; every division is whole.
    private static Int128 Arrangements(int n, int m)
    {
        Int128 all = 1;
        for (var i = 1; i <= n; i++)
        {
            all = all * (m + i) / i;
        }

        return all;
    }
}

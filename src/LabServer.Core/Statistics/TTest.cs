namespace LabServer.Core.Statistics;

/// <summary>Student's two-sample t-test, first arm minus second.</summary>
/// <param name="Difference">Difference of the means, in the unit of the values; null only where an arm is empty.</param>
/// <param name="Statistic">t, the difference in standard errors.</param>
/// <param name="Df">Degrees of freedom; not whole under Welch.</param>
/// <param name="P">Two-sided p; 0 where it is smaller than a double can hold.</param>
/// <param name="Interval">95 % confidence interval of the difference.</param>
/// <param name="Reason">
/// <see cref="NotComputed.ArmEmpty"/>; <see cref="NotComputed.TooFewValues"/> (Welch: an arm with one value; pooled: one
/// value in each); <see cref="NotComputed.NoVariation"/> (the standard error is below ten units of rounding of the larger
/// mean, where R stops with "data are essentially constant").
/// </param>
public sealed record TTest(
    double? Difference, double? Statistic, double? Df, double? P, Interval? Interval, NotComputed Reason)
{
    private const double UnitOfRounding = 2.220446049250313e-16;

    /// <summary>
    /// Equal variances: t = (x̄ − ȳ) / √(s²(1/n + 1/m)), s² pooled with n + m − 2 degrees of freedom. R's
    /// <c>t.test(a, b, var.equal = TRUE)</c>, the row "Pooled" of SAS PROC TTEST.
    /// </summary>
    public static TTest Pooled(Sample a, Sample b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count == 0 || b.Count == 0)
        {
            return ArmEmpty;
        }

        var df = (double)a.Count + b.Count - 2;
        return df < 1
            ? TooFew(a, b)
            : Of(a, b, df, Math.Sqrt((a.SquaredDeviations + b.SquaredDeviations) / df * ((1.0 / a.Count) + (1.0 / b.Count))));
    }

    /// <summary>
    /// Unequal variances: t = (x̄ − ȳ) / √(s²x/n + s²y/m), degrees of freedom by Welch (Biometrika 1947;34:28) and
    /// Satterthwaite. R's <c>t.test(a, b)</c>, the row "Satterthwaite" of SAS PROC TTEST.
    /// </summary>
    public static TTest Welch(Sample a, Sample b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count == 0 || b.Count == 0)
        {
            return ArmEmpty;
        }

        if (a.Count < 2 || b.Count < 2)
        {
            return TooFew(a, b);
        }

        var ofA = a.SquaredDeviations / (a.Count - 1) / a.Count;
        var ofB = b.SquaredDeviations / (b.Count - 1) / b.Count;
        var sum = ofA + ofB;

        // By shares, since fourth powers would leave the range of doubles long before the variances do.
        var (shareA, shareB) = (ofA / sum, ofB / sum);
        var df = 1 / ((shareA * shareA / (a.Count - 1)) + (shareB * shareB / (b.Count - 1)));
        return Of(a, b, df, Math.Sqrt(sum));
    }

    private static TTest ArmEmpty => new(null, null, null, null, null, NotComputed.ArmEmpty);

    private static TTest TooFew(Sample a, Sample b) => new(a.Mean - b.Mean, null, null, null, null, NotComputed.TooFewValues);

    private static TTest Of(Sample a, Sample b, double df, double error)
    {
        var difference = a.Mean - b.Mean;

        // Also where the error is 0 and Welch's degrees of freedom are therefore no number.
        if (error <= 10 * UnitOfRounding * Math.Max(Math.Abs(a.Mean), Math.Abs(b.Mean)))
        {
            return new TTest(difference, null, null, null, null, NotComputed.NoVariation);
        }

        var t = difference / error;
        var half = Tails.Student975(df) * error;
        return new TTest(
            difference, t, df, Tails.Student(t, df), new Interval(difference - half, difference + half), NotComputed.None);
    }
}

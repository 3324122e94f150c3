using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace LabServer.Core.Statistics;

/// <summary>
/// Two-sided p values and quantiles, computed from the tail itself: one minus a distribution function has no correct
/// digit left where p is below 1e-16.
/// </summary>
internal static class Tails
{
    /// <summary>The 97.5 % quantile of the normal distribution, R's <c>qnorm(0.975)</c>.</summary>
    public const double Z975 = 1.959963984540054;

    /// <summary>P(|Z| ≥ |z|) of the standard normal distribution.</summary>
    public static double Normal(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>P(X ≥ x) of the chi-square distribution with one degree of freedom: X is a squared normal variable.</summary>
    public static double ChiSquareOne(double x) => SpecialFunctions.Erfc(Math.Sqrt(x / 2));

    /// <summary>P(|T| ≥ |t|) of Student's distribution.</summary>
    public static double Student(double t, double df)
    {
        // A small p must come from its own tail; near t = 0, where p is near 1, that tail's argument would round to 1.
        var square = t * t;
        return square < 1
            ? 1 - SpecialFunctions.BetaRegularized(0.5, df / 2, square / (df + square))
            : SpecialFunctions.BetaRegularized(df / 2, 0.5, df / (df + square));
    }

    /// <summary>The 97.5 % quantile of Student's distribution.</summary>
    public static double Student975(double df)
    {
        var t = StudentT.InvCDF(0, 1, df, 0.975);

        // The library stops at 1e-12 or so; two steps of Newton on our own tail end at the last digits.
        for (var i = 0; i < 2; i++)
        {
            t += (Student(t, df) - 0.05) / (2 * StudentT.PDF(0, 1, df, t));
        }

        return t;
    }
}

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

    /// <summary>P(|T| ≥ |t|) of Student's distribution: the regularised incomplete beta function I(df/(df + t²); df/2, ½).</summary>
    /// <remarks>
    /// The library's own function has nine digits left at a million degrees of freedom: it takes differences of log gamma
    /// functions, and x near 1 where 1 − x counts. Here nothing large is subtracted.
    /// </remarks>
    public static double Student(double t, double df)
    {
        var square = t * t;
        if (square == 0)
        {
            return 1;
        }

        var a = df / 2;
        var (x, y) = (df / (df + square), square / (df + square));
        var factor = Math.Exp(-a * NearZero.LogOfOnePlus(square / df)) * Math.Sqrt(y) * HalfBeta(a);

        // Each end from its own side: the other would not converge, and a small p has to come from its own tail.
        return square < 1 ? 1 - (factor * BetaFraction(0.5, a, y, x)) : factor * BetaFraction(a, 0.5, x, y);
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

    // 1 / B(a, ½) = Γ(a + ½) / (Γ(a) √π), by the series of the logarithm of Γ(a + ½)/(Γ(a) √a) (Abramowitz and Stegun
    // 6.1.47); a is moved up to where the next term is below 1e-16, and the quotient back down by its recurrence.
    private static double HalfBeta(double a)
    {
        const double SeriesFrom = 32;
        var down = 1.0;
        for (; a < SeriesFrom; a++)
        {
            down *= a / (a + 0.5);
        }

        var square = a * a;
        var series = ((-1.0 / 8) + (((1.0 / 192) - (((1.0 / 640) - (17.0 / 14336 / square)) / square)) / square)) / a;
        return down * Math.Sqrt(a / Math.PI) * Math.Exp(series);
    }

    // B(a, b) I(x; a, b) / (xᵃ yᵇ), y = 1 − x, as the continued fraction of DiDonato and Morris (ACM Trans Math Softw
    // 1992;18:360), from the front (Lentz, Appl Opt 1976;15:668). For x up to a/(a + b), where its terms stay positive.
    private static double BetaFraction(double a, double b, double x, double y)
    {
        var beyond = 1 + (a * y) - (b * x);
        var value = a / (a + 1) * beyond;
        var (c, d) = (value, 0.0);
        for (var n = 1.0; ; n++)
        {
            var (odd, product) = (a + (2 * n) - 1, n * (b - n) * x);
            var numerator = (a + n - 1) / odd * ((a + b + n - 1) / odd) * product * x;
            var term = n + (product / odd) + ((a + n) / (odd + 2) * (beyond + (n * (1 + y))));
            d = 1 / (term + (numerator * d));
            c = term + (numerator / c);
            value *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-15)
            {
                return 1 / value;
            }
        }
    }
}

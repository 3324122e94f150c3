namespace LabServer.Core.Statistics;

/// <summary>
/// Logarithm and exponential where the argument is small, to the last digits or two. The framework's <c>double.LogP1</c>
/// and <c>double.ExpM1</c> add and subtract the one as it stands, and lose what the argument is smaller than it.
/// </summary>
internal static class NearZero
{
    /// <summary>log(1 + x), x over −1. The rounding of 1 + x is divided out again (Kahan's quotient).</summary>
    public static double LogOfOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>eˣ − 1, x finite and not over 700, or −∞; by the same quotient.</summary>
    public static double ExpMinusOne(double x)
    {
        var power = Math.Exp(x);
        var difference = power - 1;
        return power == 1 ? x : difference == -1 ? -1 : difference * (x / Math.Log(power));
    }
}

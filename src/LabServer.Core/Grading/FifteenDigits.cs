using System.Globalization;

namespace LabServer.Core.Grading;

/// <summary>
/// Comparison to 15 significant digits. Doubles decide alone unless the two sides are within a relative 1e-12; only
/// then is the exact decimal comparison needed, so that 1.21 equals 1.1 × 1.1.
/// </summary>
internal static class FifteenDigits
{
    /// <summary>Wider than the error of any product formed in double here, and far narrower than any two results a laboratory tells apart.</summary>
    public const double Near = 1e-12;

    // Between these a double keeps its 15 digits as a decimal, and no product with a published factor overflows.
    private const double Smallest = 1e-12;
    private const double Largest = 1e15;

    private static readonly decimal[] PowersOfTen = [.. Enumerable.Range(0, 29).Select(PowerOfTen)];

    /// <summary>Negative, zero or positive as the left is below, equal to or above the right.</summary>
    public static int Compare(double left, double right)
    {
        if (Math.Abs(left - right) > Near * (Math.Abs(left) + Math.Abs(right)) || double.IsInfinity(left) || double.IsInfinity(right))
        {
            return left < right ? -1 : left > right ? 1 : 0;
        }

        return FitsDecimal(left) && FitsDecimal(right)
            ? ((decimal)left).CompareTo((decimal)right)
            : RoundAsText(left).CompareTo(RoundAsText(right));
    }

    /// <summary>True when the exact path may convert the number to decimal.</summary>
    public static bool FitsDecimal(double number)
    {
        var size = Math.Abs(number);
        return size == 0 || (size >= Smallest && size <= Largest);
    }

    /// <summary>The double nearest to the number's first 15 significant digits; for sizes that decimal does not hold.</summary>
    public static double RoundAsText(double number) =>
        double.IsFinite(number)
            ? double.Parse(number.ToString("E14", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : number;

    /// <summary>The number to 15 significant digits, half to even.</summary>
    public static decimal Round(decimal number)
    {
        var size = Math.Abs(number);
        if (size == 0m)
        {
            return 0m;
        }

        var whole = WholeDigits(size);
        if (whole > 15)
        {
            var scale = PowersOfTen[whole - 15];
            return Math.Round(number / scale, MidpointRounding.ToEven) * scale;
        }

        return Math.Round(number, Math.Min(15 - whole, 28), MidpointRounding.ToEven);
    }

    // 123 → 3, 0.5 → 0, 0.05 → -1.
    private static int WholeDigits(decimal size)
    {
        var digits = 0;
        if (size >= 1m)
        {
            while (digits < 28 && size >= PowersOfTen[digits])
            {
                digits++;
            }

            return size >= PowersOfTen[28] ? 29 : digits;
        }

        while (digits < 28 && size * PowersOfTen[digits + 1] < 1m)
        {
            digits++;
        }

        return -digits;
    }

    private static decimal PowerOfTen(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10m;
        }

        return power;
    }
}

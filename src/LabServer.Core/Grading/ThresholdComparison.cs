namespace LabServer.Core.Grading;

/// <summary>Value against threshold, fast in double and exact in decimal where the two are close.</summary>
internal static class ThresholdComparison
{
    /// <summary>
    /// Negative, zero or positive as the value is below, at or above the threshold.
    /// <paramref name="reference"/> is the limit or baseline of the input, unused for an absolute threshold.
    /// </summary>
    public static int Compare(double value, double reference, Threshold threshold, UnitFactor factor)
    {
        double left, right, room;
        if (threshold.Basis == ThresholdBasis.Absolute)
        {
            left = value * factor.AsDouble;
            right = threshold.AbsoluteAsDouble;
            room = Math.Abs(left) + Math.Abs(right);
        }
        else if (threshold.PlusAsDouble == 0)
        {
            // Value and limit share a unit, so the factor cancels out.
            left = value;
            right = reference * threshold.TimesAsDouble;
            room = Math.Abs(left) + Math.Abs(right);
        }
        else
        {
            left = value * factor.AsDouble;
            right = (reference * factor.AsDouble * threshold.TimesAsDouble) + threshold.PlusAsDouble;
            room = Math.Abs(left) + Math.Abs(right) + Math.Abs(threshold.PlusAsDouble);
        }

        if (Math.Abs(left - right) > FifteenDigits.Near * room)
        {
            return left < right ? -1 : 1;
        }

        return CompareClose(value, reference, threshold, factor, left, right);
    }

    // Out of line, so that the usual case stays small.
    private static int CompareClose(double value, double reference, Threshold threshold, UnitFactor factor, double left, double right)
    {
        // Most values on a bound are whole numbers with whole limits, which doubles hold exactly: a product that a double
        // cannot tell from a whole number rounds to that number at 15 digits too.
        if (left == right && IsWhole(left) && IsWhole(value) && IsWhole(reference) && factor.Exact == 1m)
        {
            return 0;
        }

        return FifteenDigits.FitsDecimal(value) && FifteenDigits.FitsDecimal(left) && FifteenDigits.FitsDecimal(right) && FifteenDigits.FitsDecimal(reference)
            ? CompareExactly(value, reference, threshold, factor.Exact)
            : CompareBeyondDecimal(left, right, value, reference, threshold);
    }

    private static bool IsWhole(double number) => Math.Abs(number) < 1e9 && Math.Floor(number) == number;

    /// <summary>The exact comparison alone: every number to decimal, products in decimal, both sides to 15 significant digits.</summary>
    public static int CompareExactly(double value, double reference, Threshold threshold, decimal factor)
    {
        if (threshold.Basis != ThresholdBasis.Absolute && threshold.Plus == 0m)
        {
            factor = 1m;
        }

        var basis = threshold.Basis == ThresholdBasis.Absolute ? threshold.Number : (decimal)reference * factor;
        var left = FifteenDigits.Round((decimal)value * factor);
        return left.CompareTo(FifteenDigits.Round((threshold.Times * basis) + threshold.Plus));
    }

    /// <summary>PCHG against a number of percent; the baseline is not 0.</summary>
    public static int ComparePercentChange(double value, double baseline, double percent, decimal exactPercent)
    {
        var change = 100 * (value - baseline) / Math.Abs(baseline);

        // The difference of two close numbers loses digits: the error counts in percent of the baseline, not of the change.
        var near = Math.Abs(change - percent) <= 1e-10 * (1 + Math.Abs(percent));
        if (!near || !FifteenDigits.FitsDecimal(value) || !FifteenDigits.FitsDecimal(baseline) || Math.Abs(baseline) < 1e-9)
        {
            return change < percent ? -1 : change > percent ? 1 : 0;
        }

        var left = FifteenDigits.Round(100m * ((decimal)value - (decimal)baseline) / Math.Abs((decimal)baseline));
        return left.CompareTo(FifteenDigits.Round(exactPercent));
    }

    // No laboratory value comes near; it must only not throw, and order numbers as their 15 digits do.
    private static int CompareBeyondDecimal(double left, double right, double value, double reference, Threshold threshold)
    {
        if (double.IsInfinity(left) || double.IsInfinity(right))
        {
            left = value * 1e-200;
            right = reference * 1e-200 * threshold.TimesAsDouble;
        }

        return FifteenDigits.RoundAsText(left).CompareTo(FifteenDigits.RoundAsText(right));
    }
}

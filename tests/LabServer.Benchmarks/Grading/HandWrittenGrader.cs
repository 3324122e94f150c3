namespace LabServer.Benchmarks.Grading;

/// <summary>
/// The baseline: the ten terms as one would write them by hand for just these, in the units of the rows, with numbers compared
/// a little apart, so that 3 × 11.1 and 33.3 are the same.
/// </summary>
internal static class HandWrittenGrader
{
    /// <summary>What is answered when there is no grade.</summary>
    public const sbyte NotGradable = -1;

    private const double JustOver = 1 + 1e-12;
    private const double JustUnder = 1 - 1e-12;

    /// <summary>The grade of one row, or <see cref="NotGradable"/>.</summary>
    public static sbyte Grade(int term, double value, double lower, double upper, double baseline, bool baselineHigh) => term switch
    {
        0 => baselineHigh ? ByBaseline(value, baseline, 1.5, 3, 5, 20) : ByUpper(value, upper, 3, 5, 20),
        1 => baselineHigh ? ByBaseline(value, baseline, 2, 2.5, 5, 20) : ByUpper(value, upper, 2.5, 5, 20),
        2 => baselineHigh ? Bilirubin(value, baseline) : ByUpper(value, upper, 1.5, 3, 10),
        3 => ByUpper(value, upper, 2.5, 5, 10),
        4 => Creatinine(value, upper, baseline),
        5 => Above(value, 7) ? (sbyte)4 : Above(value, 6) ? (sbyte)3 : Above(value, 5.5) ? (sbyte)2
            : double.IsNaN(upper) ? NotGradable : Above(value, upper) ? (sbyte)1 : (sbyte)0,
        6 => Below(value, 120) ? (sbyte)4 : !Above(value, 129) ? (sbyte)3
            : double.IsNaN(lower) ? NotGradable : Below(value, lower) ? (sbyte)1 : (sbyte)0,
        7 => Below(value, 80) ? (sbyte)3 : Below(value, 100) ? (sbyte)2
            : double.IsNaN(lower) ? NotGradable : Below(value, lower) ? (sbyte)1 : (sbyte)0,
        8 => Decreased(value, lower, 75, 50, 25),
        _ => Decreased(value, lower, 1.5, 1, 0.5),
    };

    private static sbyte ByUpper(double value, double upper, double second, double third, double fourth) =>
        double.IsNaN(upper) ? NotGradable
        : !Above(value, upper) ? (sbyte)0
        : Above(value, fourth * upper) ? (sbyte)4
        : Above(value, third * upper) ? (sbyte)3
        : Above(value, second * upper) ? (sbyte)2
        : (sbyte)1;

    private static sbyte ByBaseline(double value, double baseline, double first, double second, double third, double fourth) =>
        Below(value, first * baseline) ? (sbyte)0
        : Above(value, fourth * baseline) ? (sbyte)4
        : Above(value, third * baseline) ? (sbyte)3
        : Above(value, second * baseline) ? (sbyte)2
        : (sbyte)1;

    private static sbyte Bilirubin(double value, double baseline) =>
        !Above(value, baseline) ? (sbyte)0
        : Above(value, 10 * baseline) ? (sbyte)4
        : Above(value, 3 * baseline) ? (sbyte)3
        : Above(value, 1.5 * baseline) ? (sbyte)2
        : (sbyte)1;

    // Not known compares as false with everything.
    private static sbyte Creatinine(double value, double upper, double baseline) =>
        Above(value, 6 * upper) ? (sbyte)4
        : Above(value, 3 * upper) || Above(value, 3 * baseline) ? (sbyte)3
        : Above(value, 1.5 * upper) || Above(value, 1.5 * baseline) ? (sbyte)2
        : double.IsNaN(upper) ? NotGradable
        : Above(value, upper) ? (sbyte)1
        : (sbyte)0;

    private static sbyte Decreased(double value, double lower, double second, double third, double fourth) =>
        Below(value, fourth) ? (sbyte)4
        : Below(value, third) ? (sbyte)3
        : Below(value, second) ? (sbyte)2
        : double.IsNaN(lower) ? NotGradable
        : Below(value, lower) ? (sbyte)1
        : (sbyte)0;

    private static bool Above(double value, double threshold) => value > threshold * JustOver;

    private static bool Below(double value, double threshold) => value < threshold * JustUnder;
}

namespace LabServer.Core.Statistics;

/// <summary>
/// The values of one arm, checked and sorted once, for all statistics of this folder. Since they are sorted, no
/// statistic depends on the order in which values arrived.
/// </summary>
/// <remarks>
/// Missing values are the caller's to count and to leave out. Values that are computed (changes) should be rounded to 15
/// digits before: ties are ties of doubles, and 1.1 − 0.9 is not 0.2.
/// </remarks>
public sealed class Sample
{
    // Squares of anything below stay finite, whatever the number of values.
    private const double Largest = 1e150;

    private readonly double[] _sorted;

    private Sample(double[] sorted)
    {
        _sorted = sorted;
        (Mean, SquaredDeviations) = Moments(sorted);
    }

    /// <summary>The number of values.</summary>
    public int Count => _sorted.Length;

    /// <summary>The values in ascending order.</summary>
    public ReadOnlySpan<double> Sorted => _sorted;

    /// <summary>The mean; 0 where there is no value.</summary>
    internal double Mean { get; }

    /// <summary>Sum of the squared deviations from the mean.</summary>
    internal double SquaredDeviations { get; }

    /// <summary>Takes values in any order.</summary>
    /// <exception cref="ArgumentException">A value is NaN, infinite or beyond ±1e150: no measurement, so a bug of the caller.</exception>
    public static Sample Of(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] sorted = [.. values];
        for (var i = 0; i < sorted.Length; i++)
        {
            if (!(Math.Abs(sorted[i]) <= Largest))
            {
                throw new ArgumentException($"Value {i} is not a finite number within ±1e150.", nameof(values));
            }

            // Negative zero becomes zero: they are equal, so they must also give the same bytes.
            sorted[i] += 0.0;
        }

        Array.Sort(sorted);
        return new Sample(sorted);
    }

    // Two passes, both compensated, and what rounding left in the mean is taken out again: with a large common offset
    // a sum of squares minus a squared sum would have no correct digit.
    private static (double Mean, double SquaredDeviations) Moments(double[] values)
    {
        if (values.Length == 0)
        {
            return (0, 0);
        }

        var sum = new CompensatedSum();
        foreach (var value in values)
        {
            sum.Add(value);
        }

        var first = sum.Total / values.Length;
        var mean = first + (DeviationsFrom(first, values).Plain / values.Length);
        var (plain, squared) = DeviationsFrom(mean, values);
        return (mean, Math.Max(0, squared - (plain * plain / values.Length)));
    }

    private static (double Plain, double Squared) DeviationsFrom(double centre, double[] values)
    {
        var plain = new CompensatedSum();
        var squared = new CompensatedSum();
        foreach (var value in values)
        {
            var deviation = value - centre;
            plain.Add(deviation);
            squared.Add(deviation * deviation);
        }

        return (plain.Total, squared.Total);
    }
}

namespace LabServer.Core.Charts;

/// <summary>A logarithmic scale over whole powers of ten, for values above 0.</summary>
internal sealed class LogAxis
{
    private readonly int _low;
    private readonly int _high;

    private LogAxis(int low, int high) => (_low, _high) = (low, high);

    /// <summary>First value shown.</summary>
    public double Low => Math.Pow(10, _low);

    /// <summary>Last value shown.</summary>
    public double High => Math.Pow(10, _high);

    /// <summary>The powers of ten around two values, which are above 0.</summary>
    public static LogAxis Over(double low, double high)
    {
        var (first, last) = ((int)Math.Floor(Math.Log10(low) + 1e-9), (int)Math.Ceiling(Math.Log10(high) - 1e-9));
        return new LogAxis(first, Math.Max(last, first + 1));
    }

    /// <summary>Values of the ticks with a label: 1, 2 and 5 times each power where there are few powers, else the powers.</summary>
    public IEnumerable<double> Ticks()
    {
        double[] times = _high - _low <= 2 ? [1, 2, 5] : [1];
        for (var power = _low; power < _high; power++)
        {
            foreach (var factor in times)
            {
                yield return Value(factor, power);
            }
        }

        yield return Value(1, _high);
    }

    /// <summary>Where a value lies, 0 at the start and 1 at the end; what is under the first value lies at the start.</summary>
    public double Share(double value) => (Math.Log10(Math.Max(value, Low)) - _low) / (_high - _low);

    // From decimal text, so that 0.2 is 0.2.
    private static double Value(double factor, int power) => (double)((decimal)factor * (decimal)Math.Pow(10, power));
}

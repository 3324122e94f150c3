namespace LabServer.Core.Charts;

/// <summary>A scale with ticks at 1, 2 or 5 times a power of ten.</summary>
internal sealed class LinearAxis
{
    private LinearAxis(double low, double high, double step)
    {
        (Low, High, Step) = (low, high, step);
    }

    /// <summary>First value shown.</summary>
    public double Low { get; }

    /// <summary>Last value shown.</summary>
    public double High { get; }

    /// <summary>From tick to tick.</summary>
    public double Step { get; }

    /// <summary>A scale that shows everything from <paramref name="low"/> to <paramref name="high"/>, and begins and ends at a tick.</summary>
    /// <param name="low">Least value.</param>
    /// <param name="high">Greatest value; the same as the least: a scale around it is made.</param>
    /// <param name="ticks">About as many ticks.</param>
    public static LinearAxis Over(double low, double high, int ticks)
    {
        if (high <= low)
        {
            var around = low == 0 ? 1 : Math.Abs(low) / 2;
            (low, high) = (low - around, high + around);
        }

        var rough = (high - low) / Math.Max(ticks, 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        return new LinearAxis(Math.Floor((low / step) + 1e-9) * step, Math.Ceiling((high / step) - 1e-9) * step, step);
    }

    /// <summary>Values of the ticks, in order.</summary>
    public IEnumerable<double> Ticks()
    {
        var count = (int)Math.Round((High - Low) / Step);
        for (var i = 0; i <= count; i++)
        {
            // Not a sum of steps: 0.1 + 0.2 shows.
            yield return Math.Round(Low + (i * Step), 10);
        }
    }

    /// <summary>Where a value lies, 0 at the start and 1 at the end.</summary>
    public double Share(double value) => (value - Low) / (High - Low);
}

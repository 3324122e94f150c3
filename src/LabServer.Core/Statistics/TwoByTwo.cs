namespace LabServer.Core.Statistics;

/// <summary>Subjects with and without an event in two arms, and what the trial paper computes of them; first arm against second.</summary>
public sealed partial record TwoByTwo
{
    private const int LargestArm = 10_000_000;

    /// <summary>Takes the counts.</summary>
    /// <param name="eventsA">Subjects of the first arm with the event.</param>
    /// <param name="totalA">Subjects of the first arm, 0 to 10⁷.</param>
    /// <param name="eventsB">Subjects of the second arm with the event.</param>
    /// <param name="totalB">Subjects of the second arm, 0 to 10⁷.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or there are more events than subjects: a bug of the caller.</exception>
    public TwoByTwo(int eventsA, int totalA, int eventsB, int totalB)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(eventsA);
        ArgumentOutOfRangeException.ThrowIfNegative(eventsB);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(totalA, LargestArm);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(totalB, LargestArm);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(eventsA, totalA);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(eventsB, totalB);
        (EventsA, TotalA, EventsB, TotalB) = (eventsA, totalA, eventsB, totalB);
    }

    /// <summary>Subjects of the first arm with the event.</summary>
    public int EventsA { get; }

    /// <summary>Subjects of the first arm.</summary>
    public int TotalA { get; }

    /// <summary>Subjects of the second arm with the event.</summary>
    public int EventsB { get; }

    /// <summary>Subjects of the second arm.</summary>
    public int TotalB { get; }

    /// <summary>The smallest expected count of the four cells under no association; null where both arms are empty.</summary>
    public double? SmallestExpected =>
        TotalA + TotalB == 0
            ? null
            : (double)Math.Min(TotalA, TotalB) * Math.Min(EventsA + EventsB, WithoutA + WithoutB) / (TotalA + TotalB);

    private int WithoutA => TotalA - EventsA;

    private int WithoutB => TotalB - EventsB;

    // What leaves nothing to compare. R's fisher.test answers p = 1 to such tables; SAS PROC FREQ computes nothing, and
    // the paper prints "not applicable".
    private NotComputed Degenerate =>
        TotalA == 0 || TotalB == 0 ? NotComputed.ArmEmpty
        : EventsA + EventsB == 0 ? NotComputed.NoEvents
        : WithoutA + WithoutB == 0 ? NotComputed.AllEvents
        : NotComputed.None;

    /// <summary>The share of each arm's subjects with the event, subtracted.</summary>
    public RiskDifference RiskDifference()
    {
        if (TotalA == 0 || TotalB == 0)
        {
            return new RiskDifference(null, null, null, NotComputed.ArmEmpty);
        }

        var (p, q) = ((double)EventsA / TotalA, (double)EventsB / TotalB);
        var difference = p - q;
        var (a, b) = (Wilson(EventsA, TotalA), Wilson(EventsB, TotalB));
        var newcombe = new Interval(difference - Hypotenuse(p - a.Low, b.High - q), difference + Hypotenuse(a.High - p, q - b.Low));

        var variance = (p * (1 - p) / TotalA) + (q * (1 - q) / TotalB);
        if (variance == 0)
        {
            return new RiskDifference(difference, null, newcombe, NotComputed.NoVariation);
        }

        var half = Tails.Z975 * Math.Sqrt(variance);
        return new RiskDifference(difference, new Interval(difference - half, difference + half), newcombe, NotComputed.None);
    }

    private static double Hypotenuse(double x, double y) => Math.Sqrt((x * x) + (y * y));

    // Score interval of one share (Wilson, J Am Stat Assoc 1927;22:209).
    private static (double Low, double High) Wilson(int events, int total)
    {
        const double Square = Tails.Z975 * Tails.Z975;
        var share = (double)events / total;
        var half = Tails.Z975 * Math.Sqrt((share * (1 - share) / total) + (Square / (4.0 * total * total)));
        var centre = share + (Square / (2.0 * total));
        var scale = 1 + (Square / total);

        // All or none: the limit is the share itself, which rounding must not miss.
        return (events == 0 ? 0 : (centre - half) / scale, events == total ? 1 : (centre + half) / scale);
    }
}

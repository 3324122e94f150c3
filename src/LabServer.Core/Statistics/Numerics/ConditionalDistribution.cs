namespace LabServer.Core.Statistics;

/// <summary>
/// The events of the first arm when all margins of a two-by-two table are given: noncentral hypergeometric,
/// P(k) ∝ C(n, k) C(m, t − k) ψᵏ, k from max(0, t − m) to min(n, t), ψ the odds ratio. For tables with both arms, events
/// and subjects without.
/// </summary>
/// <remarks>
/// Weights are relative to that of the observed count and come from their neighbours by whole factors, each a rounding or
/// two away. Differences of log gamma functions would lose as many digits as their size has, and so loses the
/// library's hypergeometric distribution.
/// </remarks>
internal sealed class ConditionalDistribution(int eventsA, int totalA, int eventsB, int totalB)
{
    private const double RelativeTolerance = 1 + 1e-7;

    // The observed count's own weight: low enough that p can be as small as a double, high enough that what is less
    // probable still counts.
    private const double Unit = 1e-150;
    private const double Largest = 1e300;

    private readonly long _events = (long)eventsA + eventsB;

    /// <summary>True when the observed count is the largest possible one.</summary>
    public bool IsUpperEnd => eventsA == Highest;

    private long Lowest => Math.Max(0, _events - totalB);

    private long Highest => Math.Min(totalA, _events);

    /// <summary>Fisher's two-sided p: the share, under ψ = 1, of all counts that are no more probable than the observed one; 0 where smaller than a double can hold.</summary>
    public double FisherTwoSided()
    {
        var (extreme, all) = (new CompensatedSum(), new CompensatedSum());
        extreme.Add(Unit);
        all.Add(Unit);
        foreach (var up in (ReadOnlySpan<bool>)[true, false])
        {
            var weight = Unit;
            for (var k = (long)eventsA; k != (up ? Highest : Lowest); k += up ? 1 : -1)
            {
                weight *= up ? RatioAbove(k) : 1 / RatioAbove(k - 1);
                if (weight > Largest)
                {
                    return 0;
                }

                all.Add(weight);
                if (weight <= Unit * RelativeTolerance)
                {
                    extreme.Add(weight);
                }
            }
        }

        return Math.Min(1, extreme.Total / all.Total);
    }

    /// <summary>For an observed count at an end: its probability under ψ = 1, the one-sided p.</summary>
    public double EndP() => 1 / (1 + Math.Exp(LogSum(LogWeights(), 0).Value));

    /// <summary>For an observed count at an end: the odds ratio under which that end has the given probability.</summary>
    public double OddsRatioOfEnd(double probability)
    {
        // With d the distance from the end, the others must weigh Σ w(d) eᵈˢ = 1/P − 1, s = ∓log ψ. The logarithm of the
        // left side is convex and ascends by at least 1, so Newton's iteration lands right of the solution at once and
        // then only descends to it; where it no longer descends, doubles are exhausted.
        var logs = LogWeights();
        var wanted = Math.Log((1 / probability) - 1);
        var (value, slope) = LogSum(logs, 0);
        var s = (wanted - value) / slope;
        while (true)
        {
            (value, slope) = LogSum(logs, s);
            var next = s - ((value - wanted) / slope);
            if (next >= s)
            {
                return Math.Exp(IsUpperEnd ? -s : s);
            }

            s = next;
        }
    }

    // Weight of k + 1 over that of k. Factors are whole, their products below 2⁶³.
    private double RatioAbove(long k) =>
        (double)((totalA - k) * (_events - k)) / ((k + 1) * (totalB - _events + k + 1));

    // log w(d) of the counts d = 1, 2, … away from the observed end, the end's own being 0.
    private double[] LogWeights()
    {
        var logs = new double[Highest - Lowest];
        var sum = new CompensatedSum();
        for (var d = 1; d <= logs.Length; d++)
        {
            sum.Add(IsUpperEnd ? -Math.Log(RatioAbove(eventsA - d)) : Math.Log(RatioAbove(eventsA + d - 1)));
            logs[d - 1] = sum.Total;
        }

        return logs;
    }

    // log Σ w(d) eᵈˢ and its slope in s, the mean of d.
    private static (double Value, double Slope) LogSum(double[] logs, double s)
    {
        var largest = double.NegativeInfinity;
        for (var i = 0; i < logs.Length; i++)
        {
            largest = Math.Max(largest, logs[i] + ((i + 1) * s));
        }

        var (sum, moment) = (new CompensatedSum(), new CompensatedSum());
        for (var i = 0; i < logs.Length; i++)
        {
            var term = Math.Exp(logs[i] + ((i + 1) * s) - largest);
            sum.Add(term);
            moment.Add((i + 1) * term);
        }

        return (largest + Math.Log(sum.Total), moment.Total / sum.Total);
    }
}

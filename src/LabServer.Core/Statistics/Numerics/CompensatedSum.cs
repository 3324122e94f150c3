namespace LabServer.Core.Statistics;

/// <summary>A sum whose error does not grow with the number of terms (Neumaier, ZAMM 1974;54:39).</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    /// <summary>The sum so far.</summary>
    public readonly double Total => _sum + _lost;

    /// <summary>Adds a term.</summary>
    public void Add(double term)
    {
        var next = _sum + term;

        // What the smaller of the two lost in the addition.
        _lost += Math.Abs(_sum) >= Math.Abs(term) ? _sum - next + term : term - next + _sum;
        _sum = next;
    }
}

namespace LabServer.Core.Statistics;

/// <summary>A confidence interval. An interval that was not computed is a null <see cref="Interval"/>, never one with odd limits.</summary>
/// <param name="Low">The lower limit.</param>
/// <param name="High">The upper limit; null: unbounded, the interval reaches to infinity. It never means "not computed".</param>
public sealed record Interval(double Low, double? High)
{
    /// <summary>True when there is no upper limit; tables print "inf".</summary>
    public bool IsUnbounded => High is null;
}

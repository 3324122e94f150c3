namespace LabServer.Core.Summaries;

/// <summary>Change from baseline, the same wherever it is shown.</summary>
public static class BaselineChange
{
    /// <summary>CHG: AVAL − BASE, in decimals: 1.1 − 0.9 is 0.2.</summary>
    public static double Of(double value, double baseline) => (double)((decimal)value - (decimal)baseline);

    /// <summary>PCHG: 100 · CHG / |BASE|; null for a baseline of 0.</summary>
    public static double? Percent(double change, double baseline) => baseline == 0 ? null : 100 * change / Math.Abs(baseline);
}

namespace LabServer.Cli.SampleTrial;

/// <summary>
/// A differential blood count whose parts add up: leukocytes are the sum of neutrophils, lymphocytes and the others,
/// and the lymphocyte percentage follows. All in 10^9/L with two decimals.
/// </summary>
internal sealed record BloodCount(decimal Neutrophils, decimal Lymphocytes, decimal Others)
{
    /// <summary>Lower limit of normal of WBC.</summary>
    public const decimal LeukocytesLow = 3.50m;

    /// <summary>Upper limit of normal of WBC.</summary>
    public const decimal LeukocytesHigh = 9.50m;

    /// <summary>Lower limit of normal of LYMLE, percent.</summary>
    public const decimal LymphocyteShareLow = 20.0m;

    /// <summary>Upper limit of normal of LYMLE, percent.</summary>
    public const decimal LymphocyteShareHigh = 50.0m;

    /// <summary>WBC.</summary>
    public decimal Leukocytes => Neutrophils + Lymphocytes + Others;

    /// <summary>LYMLE in percent, one decimal.</summary>
    public decimal LymphocyteShare =>
        decimal.Round(100m * Lymphocytes / Leukocytes, 1, MidpointRounding.AwayFromZero);

    /// <summary>
    /// The same count with WBC and LYMLE inside their ranges, or no farther outside than at <paramref name="baseline"/>.
    /// </summary>
    public BloodCount Settle(BloodCount? baseline)
    {
        var count = this;
        var low = Math.Min(LeukocytesLow, baseline?.Leukocytes ?? LeukocytesLow);
        if (count.Leukocytes < low)
        {
            count = count with { Neutrophils = low - count.Lymphocytes - count.Others };
        }

        var share = Math.Min(LymphocyteShareLow, baseline?.LymphocyteShare ?? LymphocyteShareLow);
        count = count with { Lymphocytes = Math.Max(count.Lymphocytes, count.LymphocytesAt(share)) };
        count = count with { Lymphocytes = Math.Min(count.Lymphocytes, count.LymphocytesAt(LymphocyteShareHigh)) };
        return count.Leukocytes > LeukocytesHigh
            ? count with { Neutrophils = LeukocytesHigh - count.Lymphocytes - count.Others }
            : count;
    }

    /// <summary>With so many lymphocytes that, beside these neutrophils, WBC is over its limit and LYMLE normal.</summary>
    public BloodCount WithLeukocytosis()
    {
        var lymphocytes = Math.Max(LymphocytesAt(21m), LeukocytesHigh + 0.30m - Neutrophils - Others);
        return this with { Lymphocytes = Math.Max(Lymphocytes, lymphocytes) };
    }

    /// <summary>With a low lymphocyte percentage although lymphocytes and leukocytes are normal each.</summary>
    public BloodCount WithLymphocyteShare(decimal percent)
    {
        var count = this with { Neutrophils = Math.Clamp(Neutrophils, 5.50m, 5.90m) };
        return count with { Lymphocytes = count.LymphocytesAt(percent) };
    }

    // Rounded up, so that the percentage is not below what was asked for.
    private decimal LymphocytesAt(decimal percent) =>
        Math.Ceiling(100m * percent / (100m - percent) * (Neutrophils + Others)) / 100m;
}

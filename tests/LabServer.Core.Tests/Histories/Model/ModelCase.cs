namespace LabServer.Core.Tests.Histories;

/// <summary>One result as a criterion sees it: every number in the unit whose published numbers are used.</summary>
internal sealed record ModelCase
{
    public required decimal Value { get; init; }

    /// <summary>What stood before the number; empty for a plain one.</summary>
    public required string Qualifier { get; init; }

    /// <summary>Name of the unit whose numbers count.</summary>
    public required string Unit { get; init; }

    public decimal? Lln { get; init; }

    public decimal? Uln { get; init; }

    public decimal? Baseline { get; init; }

    /// <summary>-1, 0 or 1 as the baseline was low, normal or high by its own range; null: not known.</summary>
    public int? BaselineSide { get; init; }

    public bool Anticoagulated { get; init; }

    public bool BaselineHigh => BaselineSide == 1;

    public bool BaselineLow => BaselineSide == -1;

    /// <summary>By the unit: the numbers published for it.</summary>
    public decimal[] Published(params (string Unit, decimal[] Numbers)[] all) => all.First(entry => entry.Unit == Unit).Numbers;

    public ModelSide OfUln(string sign, decimal times, decimal plus = 0) => Side(sign, (Uln * times) + plus, Lack.Uln);

    public ModelSide OfLln(string sign, decimal times) => Side(sign, Lln * times, Lack.Lln);

    public ModelSide OfBaseline(string sign, decimal times, decimal plus = 0) => Side(sign, (Baseline * times) + plus, Lack.Baseline);

    public static ModelSide Fixed(string sign, decimal number) => new(sign, number);

    public ModelSide Change(string sign, decimal percent) =>
        Baseline is not { } baseline ? new ModelSide(sign, null, Lack.Baseline)
        : baseline == 0 ? new ModelSide(sign, null, Lack.PercentChange)
        : new ModelSide(sign, percent, Lack.None, baseline);

    private static ModelSide Side(string sign, decimal? number, Lack lack) => new(sign, number, number is null ? lack : Lack.None);
}

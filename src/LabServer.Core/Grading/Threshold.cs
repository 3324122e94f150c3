using System.Globalization;

namespace LabServer.Core.Grading;

/// <summary>What a <see cref="Threshold"/> is a multiple of.</summary>
public enum ThresholdBasis
{
    /// <summary>A published number in the unit of the criterion.</summary>
    Absolute = 0,

    /// <summary>LLN: the lower limit of the result's own range.</summary>
    LowerLimit = 1,

    /// <summary>ULN: the upper limit of the result's own range.</summary>
    UpperLimit = 2,

    /// <summary>BASE: the baseline value.</summary>
    Baseline = 3,
}

/// <summary>
/// One side of a rule: <c>Times × basis + Plus</c>. A published product such as 2.431 × 0.7 stays a product, so that
/// it can be read against its source.
/// </summary>
/// <param name="Basis">What is multiplied.</param>
/// <param name="Times">The factor; 1 where none is published.</param>
/// <param name="Number">The published number, in the criterion's unit, of an absolute threshold; 0 for the others.</param>
/// <param name="Plus">Added after the product, in the criterion's unit; 0 where none is published.</param>
public sealed record Threshold(ThresholdBasis Basis, decimal Times, decimal Number, decimal Plus)
{
    /// <summary>A plain number in the criterion's unit.</summary>
    public static Threshold Of(decimal number) => new(ThresholdBasis.Absolute, 1m, number, 0m);

    /// <summary>True when the number only means something in a unit.</summary>
    public bool NeedsUnit => Basis == ThresholdBasis.Absolute || Plus != 0m;

    // Kept beside the decimals because the first, fast comparison runs in double.
    internal double TimesAsDouble { get; } = (double)Times;

    internal double PlusAsDouble { get; } = (double)Plus;

    internal double AbsoluteAsDouble { get; } = (double)((Times * Number) + Plus);

    /// <summary>The threshold in words, for example <c>2.5 × ULN</c>, <c>ULN + 20</c>, <c>7.3</c>.</summary>
    public override string ToString()
    {
        var basis = Basis switch
        {
            ThresholdBasis.LowerLimit => "LLN",
            ThresholdBasis.UpperLimit => "ULN",
            ThresholdBasis.Baseline => "baseline",
            _ => Text(Number),
        };
        var product = Times == 1m ? basis : $"{Text(Times)} × {basis}";
        return Plus == 0m ? product : $"{product} {(Plus < 0m ? "-" : "+")} {Text(Math.Abs(Plus))}";
    }

    private static string Text(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}

using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>
/// Everything a rule may look at for one result. Value, limits and baseline share one unit. Null means not known, and
/// makes exactly those rules undecidable that need it.
/// </summary>
public readonly record struct GradeInput
{
    private readonly RangeIndicator? _baselineIndicator;

    /// <summary>AVAL: the numeric value.</summary>
    public double? Value { get; init; }

    /// <summary>What stands before the value: with one, it is a bound, and every value it allows is judged. Default none.</summary>
    public ValueQualifier Qualifier { get; init; }

    /// <summary>AVALU: the canonical unit code (UCUM) of value, limits and baseline; null or empty when there is none.</summary>
    public string? Unit { get; init; }

    /// <summary>LLN / ANRLO of this result.</summary>
    public double? LowerLimit { get; init; }

    /// <summary>ULN / ANRHI of this result.</summary>
    public double? UpperLimit { get; init; }

    /// <summary>BASE.</summary>
    public double? Baseline { get; init; }

    /// <summary>LLN of the baseline record.</summary>
    public double? BaselineLowerLimit { get; init; }

    /// <summary>ULN of the baseline record.</summary>
    public double? BaselineUpperLimit { get; init; }

    /// <summary>
    /// BNRIND. As given, else derived from the baseline and its own limits; null when neither is there, which rules
    /// read as not high and not low.
    /// </summary>
    public RangeIndicator? BaselineIndicator
    {
        get => _baselineIndicator ?? new ReferenceRange(BaselineLowerLimit, BaselineUpperLimit).Indicate(Baseline);
        init => _baselineIndicator = value;
    }

    /// <summary>PCHG: 100 · (value − baseline) / |baseline|; null without value or baseline and for a baseline of 0.</summary>
    public double? PercentChange => Value is { } value && Baseline is { } baseline && baseline != 0
        ? 100 * (value - baseline) / Math.Abs(baseline)
        : null;

    /// <summary>SEX; default unknown.</summary>
    public Sex Sex { get; init; }

    /// <summary>BRTHDTC, when known to the day.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>LBDTC: the date of collection.</summary>
    public DateOnly? CollectedOn { get; init; }

    /// <summary>What is known of the subject beyond laboratory values; default nothing.</summary>
    public GradeFacts Facts { get; init; }

    // All are looked at: that takes less than to ask one by one.
    internal bool AllFinite =>
        double.IsFinite(Value.GetValueOrDefault()) & double.IsFinite(LowerLimit.GetValueOrDefault()) & double.IsFinite(UpperLimit.GetValueOrDefault())
        & double.IsFinite(Baseline.GetValueOrDefault()) & double.IsFinite(BaselineLowerLimit.GetValueOrDefault())
        & double.IsFinite(BaselineUpperLimit.GetValueOrDefault());
}

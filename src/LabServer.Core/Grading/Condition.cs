using System.Globalization;

namespace LabServer.Core.Grading;

/// <summary>
/// One typed condition of a rule: true, false, or unknown because something it needs is missing. The family is closed;
/// a condition's text (<see cref="object.ToString"/>) says it in words.
/// </summary>
public abstract record Condition
{
    private protected Condition()
    {
    }

    internal abstract Truth Evaluate(in GradeContext context);

    private protected static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Below => "<",
        Comparison.AtMost => "≤",
        Comparison.AtLeast => "≥",
        _ => ">",
    };

    private protected static Missing MissingOf(ThresholdBasis basis) => basis switch
    {
        ThresholdBasis.UpperLimit => Missing.UpperLimit,
        ThresholdBasis.LowerLimit => Missing.LowerLimit,
        _ => Missing.Baseline,
    };

    private protected static bool Holds(Comparison comparison, int order) => comparison switch
    {
        Comparison.Below => order < 0,
        Comparison.AtMost => order <= 0,
        Comparison.AtLeast => order >= 0,
        _ => order > 0,
    };
}

/// <summary>The value against a threshold, for example <c>value &gt; 5 × ULN</c>. Unknown without the limit or baseline it is a multiple of.</summary>
/// <param name="Is">How they are compared.</param>
/// <param name="Than">The threshold.</param>
public sealed record ValueCondition(Comparison Is, Threshold Than) : Condition
{
    internal override Truth Evaluate(in GradeContext context)
    {
        var reference = 0d;
        if (Than.Basis != ThresholdBasis.Absolute)
        {
            reference = context.Reference(Than.Basis);
            if (double.IsNaN(reference))
            {
                return Truth.Unknown(MissingOf(Than.Basis));
            }
        }

        return Truth.Of(Holds(Is, ThresholdComparison.Compare(context.Value, reference, Than, context.Factor)));
    }

    /// <inheritdoc/>
    public override string ToString() => $"value {Sign(Is)} {Than}";
}

/// <summary>PCHG against a number of percent, decreases negative. Unknown without baseline and for a baseline of 0.</summary>
/// <param name="Is">How they are compared.</param>
/// <param name="Percent">The threshold in percent.</param>
public sealed record PercentChangeCondition(Comparison Is, decimal Percent) : Condition
{
    private readonly double _percent = (double)Percent;

    internal override Truth Evaluate(in GradeContext context)
    {
        if (double.IsNaN(context.Baseline))
        {
            return Truth.Unknown(Missing.Baseline);
        }

        return context.Baseline == 0
            ? Truth.Unknown(Missing.PercentChange)
            : Truth.Of(Holds(Is, ThresholdComparison.ComparePercentChange(context.Value, context.Baseline, _percent, Percent)));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"percent change {Sign(Is)} {Percent:0.####} %");
}

/// <summary>The state of the baseline. Unknown only where the upper limit it is compared with is missing.</summary>
/// <param name="Is">The state asked for.</param>
public sealed record BaselineCondition(BaselineState Is) : Condition
{
    internal override Truth Evaluate(in GradeContext context) => Is switch
    {
        BaselineState.High => Truth.Of(context.BaselineIndicator == RangeIndicator.High),
        BaselineState.NotHigh => Truth.Of(context.BaselineIndicator != RangeIndicator.High),
        BaselineState.Low => Truth.Of(context.BaselineIndicator == RangeIndicator.Low),
        BaselineState.NotLow => Truth.Of(context.BaselineIndicator != RangeIndicator.Low),
        BaselineState.AboveUln => AboveUln(context, isAbove: true),
        BaselineState.NotAboveUln => AboveUln(context, isAbove: false),
        BaselineState.Present => Truth.Of(!double.IsNaN(context.Baseline)),
        _ => Truth.Of(double.IsNaN(context.Baseline)),
    };

    private static Truth AboveUln(in GradeContext context, bool isAbove)
    {
        if (double.IsNaN(context.Baseline))
        {
            return Truth.Of(!isAbove);
        }

        return double.IsNaN(context.UpperLimit)
            ? Truth.Unknown(Missing.UpperLimit)
            : Truth.Of(FifteenDigits.Compare(context.Baseline, context.UpperLimit) > 0 == isAbove);
    }

    /// <inheritdoc/>
    public override string ToString() => Is switch
    {
        BaselineState.High => "baseline high",
        BaselineState.NotHigh => "baseline not high",
        BaselineState.Low => "baseline low",
        BaselineState.NotLow => "baseline not low",
        BaselineState.AboveUln => "baseline > ULN",
        BaselineState.NotAboveUln => "no baseline > ULN",
        BaselineState.Present => "baseline known",
        _ => "no baseline",
    };
}

/// <summary>A fact about the subject. Never unknown: what is not stated does not hold.</summary>
/// <param name="Fact">The fact, or several of them, that must be stated.</param>
public sealed record FactCondition(GradeFacts Fact) : Condition
{
    internal override Truth Evaluate(in GradeContext context) => Truth.Of(context.Has(Fact));

    /// <inheritdoc/>
    public override string ToString() => Fact switch
    {
        GradeFacts.OnAnticoagulation => "on anticoagulation",
        GradeFacts.HivInfected => "HIV infected",
        _ => Fact.ToString(),
    };
}

/// <summary>True when a limit or the baseline is known, else unknown: for a rule that is not judged without it although its own numbers could be.</summary>
/// <param name="Basis">What must be known.</param>
public sealed record NeedsCondition(ThresholdBasis Basis) : Condition
{
    internal override Truth Evaluate(in GradeContext context) =>
        double.IsNaN(context.Reference(Basis)) ? Truth.Unknown(MissingOf(Basis)) : Truth.True;

    /// <inheritdoc/>
    public override string ToString() => Basis switch
    {
        ThresholdBasis.UpperLimit => "ULN known",
        ThresholdBasis.LowerLimit => "LLN known",
        _ => "baseline known",
    };
}

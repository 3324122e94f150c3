namespace LabServer.Core.Grading;

/// <summary>One result while it is graded: the input with NaN for missing numbers, and the factor to the criterion's unit.</summary>
internal readonly ref struct GradeContext
{
    private readonly GradeFacts _facts;

    public GradeContext(in GradeInput input, UnitFactor factor, bool asksBaselineState)
    {
        _facts = input.Facts;
        BaselineIndicator = asksBaselineState ? input.BaselineIndicator : null;
        Value = input.Value ?? double.NaN;
        UpperLimit = input.UpperLimit ?? double.NaN;
        LowerLimit = input.LowerLimit ?? double.NaN;
        Baseline = input.Baseline ?? double.NaN;
        Factor = factor;
    }

    public double Value { get; }

    public double UpperLimit { get; }

    public double LowerLimit { get; }

    public double Baseline { get; }

    /// <summary>What a number of the input is multiplied by before it meets a published number.</summary>
    public UnitFactor Factor { get; }

    /// <summary>BNRIND, derived only where a rule of the criterion asks for it.</summary>
    public RangeIndicator? BaselineIndicator { get; }

    /// <summary>The limit or baseline that a threshold is a multiple of; NaN where it is missing.</summary>
    public double Reference(ThresholdBasis basis) => basis switch
    {
        ThresholdBasis.UpperLimit => UpperLimit,
        ThresholdBasis.LowerLimit => LowerLimit,
        _ => Baseline,
    };

    public bool Has(GradeFacts fact) => (_facts & fact) == fact;
}

/// <summary>A conversion factor for both ways of comparing.</summary>
internal sealed record UnitFactor(double AsDouble, decimal Exact)
{
    public static UnitFactor One { get; } = new(1d, 1m);
}

using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>The liver tests of one subject: a point of the plot, or what is missing for one.</summary>
public sealed record LiverPoint
{
    /// <summary>Bound of ALT and AST in multiples of the upper limit.</summary>
    public const int TransaminaseTimes = 3;

    /// <summary>Bound of total bilirubin in multiples of the upper limit.</summary>
    public const int BilirubinTimes = 2;

    /// <summary>The subject.</summary>
    public required StratumSubject Subject { get; init; }

    /// <summary>Highest ALT from the first dose on.</summary>
    public LiverPeak Alt { get; init; }

    /// <summary>Highest AST from the first dose on.</summary>
    public LiverPeak Ast { get; init; }

    /// <summary>Highest total bilirubin from the first dose on.</summary>
    public LiverPeak Bilirubin { get; init; }

    /// <summary>The higher of <see cref="Alt"/> and <see cref="Ast"/>, of equal ones ALT; the x of the plot.</summary>
    public LiverPeak Transaminase =>
        Ast.Peak is { } ast && (Alt.Peak is not { } alt || FifteenDigits.Compare(ast.Times, alt.Times) > 0) ? Ast
        : Alt.Peak is not null || Alt.Gap >= Ast.Gap ? Alt
        : Ast;

    /// <summary>Whether <see cref="Transaminase"/> is AST.</summary>
    public bool IsAst => Transaminase == Ast && Transaminase != Alt;

    /// <summary>Whether <see cref="Transaminase"/> is known and over its bound.</summary>
    public bool IsTransaminaseOver => Transaminase.IsOver(TransaminaseTimes);

    /// <summary>Whether <see cref="Bilirubin"/> is known and over its bound.</summary>
    public bool IsBilirubinOver => Bilirubin.IsOver(BilirubinTimes);

    /// <summary>Whether one of the two is over its bound, also where the other was not measured and there is no quadrant.</summary>
    public bool IsOverBound => IsTransaminaseOver || IsBilirubinOver;

    /// <summary>The quadrant; null: one of the two peaks is missing, and the subject is in no quadrant.</summary>
    public LiverQuadrant? Quadrant => (Transaminase.Peak, Bilirubin.Peak) is (not null, not null)
        ? (IsTransaminaseOver, IsBilirubinOver) switch
        {
            (false, false) => LiverQuadrant.Normal,
            (true, false) => LiverQuadrant.Temple,
            (false, true) => LiverQuadrant.Cholestasis,
            _ => LiverQuadrant.HysLaw,
        }
        : null;

    /// <summary>
    /// ALP nearest to the peak, at most <see cref="HysLaw.Days"/> days from it: of ALT or AST where that is over its bound,
    /// else of bilirubin. Null: there is none, or neither is over its bound.
    /// </summary>
    public LiverResult? Alp { get; init; }

    /// <summary>Whether ALT or AST and bilirubin were over their bounds within <see cref="HysLaw.Days"/> days (<see cref="HysLaw"/>).</summary>
    public bool IsCandidate { get; init; }

    /// <summary>Of a candidate, whether ALP was under 2 × ULN at that time: the best of several candidates' answers.</summary>
    public YesNo AlpUnderTwice { get; init; }
}

/// <summary>The highest value of one test from the first dose on.</summary>
/// <param name="Peak">In multiples of its own upper limit; null: see <paramref name="Gap"/>.</param>
/// <param name="Gap">Why there is none. The default is that there is no result.</param>
/// <param name="TimesBaseline">The highest multiple of the baseline; null: none.</param>
public readonly record struct LiverPeak(SeriesPeak? Peak, PeakGap Gap, double? TimesBaseline)
{
    /// <summary>A test without a result.</summary>
    public static LiverPeak None => new(null, PeakGap.NoResult, null);

    /// <summary>Whether the multiple is known and at least so many times.</summary>
    internal bool IsOver(int times) => Peak is { } peak && FifteenDigits.Compare(peak.Times, times) >= 0;
}

using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core;

/// <summary>
/// Limits of normal of one result (ANRLO/ANRHI, LLN/ULN), in the unit of the value they stand beside. Either limit may
/// be absent; <see langword="default"/> is "no range". <see cref="Low"/> is not checked to be at most <see cref="High"/>:
/// that is a fault of the result, found when it is checked.
/// </summary>
/// <param name="Low">Lower limit of normal, itself normal unless <see cref="LowExclusive"/>. Null: not bounded below.</param>
/// <param name="High">Upper limit of normal, itself normal unless <see cref="HighExclusive"/>. Null: not bounded above.</param>
public readonly record struct ReferenceRange(double? Low, double? High)
{
    /// <summary>
    /// Whether a value equal to <see cref="Low"/> is low already. Decides the indicator alone: grading rules compare with
    /// the limit as they are published.
    /// </summary>
    public bool LowExclusive { get; init; }

    /// <summary>Whether a value equal to <see cref="High"/> is high already: a range of <c>&lt;5</c>. As <see cref="LowExclusive"/>.</summary>
    public bool HighExclusive { get; init; }

    /// <summary>Whether neither limit is known, so that nothing can be said of any value.</summary>
    public bool IsEmpty => Low is null && High is null;

    /// <summary>
    /// Where a result lies of which only a bound is known (<c>&lt;0.5</c>); null unless it is the same for every value
    /// that the bound allows. No quantity is under 0, so a lower limit of 0 bounds nothing.
    /// </summary>
    public RangeIndicator? Indicate(double? value, ValueQualifier qualifier)
    {
        if (qualifier == ValueQualifier.None || value is not { } bound || !double.IsFinite(bound) || IsEmpty)
        {
            return Indicate(value);
        }

        // With < and > the bound itself is not among the values, so at a limit all are beyond it; with <= and >= they are
        // only where the limit itself is not normal.
        var allowsBound = qualifier is ValueQualifier.LessOrEqual or ValueQualifier.GreaterOrEqual;
        if (qualifier is ValueQualifier.Less or ValueQualifier.LessOrEqual)
        {
            if (Low is { } low && FifteenDigits.Compare(bound, low) < (allowsBound && !LowExclusive ? 0 : 1))
            {
                return RangeIndicator.Low;
            }

            var openBelow = Low is null or < 0 || (Low == 0 && !LowExclusive);
            return openBelow && High is { } upper && FifteenDigits.Compare(bound, upper) < (allowsBound && HighExclusive ? 0 : 1)
                ? RangeIndicator.Normal
                : null;
        }

        if (High is { } high && FifteenDigits.Compare(bound, high) > (allowsBound && !HighExclusive ? 0 : -1))
        {
            return RangeIndicator.High;
        }

        return High is null && Low is { } lower && FifteenDigits.Compare(bound, lower) > (allowsBound && LowExclusive ? 0 : -1)
            ? RangeIndicator.Normal
            : null;
    }

    /// <summary>
    /// Where <paramref name="value"/> lies, compared at 15 significant digits. A one-sided range calls everything on its
    /// open side normal. Null when the value is missing or not a finite number, or when there is no limit at all.
    /// </summary>
    public RangeIndicator? Indicate(double? value)
    {
        if (value is not { } number || !double.IsFinite(number) || IsEmpty)
        {
            return null;
        }

        if (Low is { } low && FifteenDigits.Compare(number, low) < (LowExclusive ? 1 : 0))
        {
            return RangeIndicator.Low;
        }

        return High is { } high && FifteenDigits.Compare(number, high) > (HighExclusive ? -1 : 0) ? RangeIndicator.High : RangeIndicator.Normal;
    }
}

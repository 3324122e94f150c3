using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core;

/// <summary>
/// Limits of normal of one result (ANRLO/ANRHI, LLN/ULN), in the unit of the value they stand beside. Either limit may
/// be absent; <see langword="default"/> is "no range". <see cref="Low"/> is not checked to be at most <see cref="High"/>:
/// that is a fault of the result, found when it is checked.
/// </summary>
/// <param name="Low">Lower limit of normal, itself normal. Null: not bounded below.</param>
/// <param name="High">Upper limit of normal, itself normal. Null: not bounded above.</param>
public readonly record struct ReferenceRange(double? Low, double? High)
{
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

        // With < and > the bound itself is not among the values, so at a limit that is itself normal all are beyond it.
        var allows = qualifier is ValueQualifier.LessOrEqual or ValueQualifier.GreaterOrEqual ? 0 : 1;
        if (qualifier is ValueQualifier.Less or ValueQualifier.LessOrEqual)
        {
            if (Low is { } low && FifteenDigits.Compare(bound, low) < allows)
            {
                return RangeIndicator.Low;
            }

            return Low is null or <= 0 && High is { } upper && FifteenDigits.Compare(bound, upper) <= 0 ? RangeIndicator.Normal : null;
        }

        if (High is { } high && FifteenDigits.Compare(bound, high) > -allows)
        {
            return RangeIndicator.High;
        }

        return High is null && Low is { } lower && FifteenDigits.Compare(bound, lower) >= 0 ? RangeIndicator.Normal : null;
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

        if (Low is { } low && FifteenDigits.Compare(number, low) < 0)
        {
            return RangeIndicator.Low;
        }

        return High is { } high && FifteenDigits.Compare(number, high) > 0 ? RangeIndicator.High : RangeIndicator.Normal;
    }
}

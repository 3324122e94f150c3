using LabServer.Core.Grading;

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

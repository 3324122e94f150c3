using LabServer.Core.Grading;

namespace LabServer.Core.Summaries;

/// <summary>One subject in a shift table: from where, to where.</summary>
/// <param name="Baseline">At baseline.</param>
/// <param name="Value">At the visit, or at worst.</param>
public readonly record struct Shift(ShiftCategory Baseline, ShiftCategory Value)
{
    /// <summary>A subject without any result.</summary>
    public static Shift Missing => new(ShiftCategory.Missing, ShiftCategory.Missing);
}

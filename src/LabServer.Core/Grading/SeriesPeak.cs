namespace LabServer.Core.Grading;

/// <summary>The highest multiple of something that a series reaches; of equal ones the first.</summary>
/// <param name="Times">The multiple.</param>
/// <param name="IsAtLeast">Whether the result is a lower bound (<c>&gt;900</c>), so that it may be more.</param>
/// <param name="ResultKey">Result that has it.</param>
/// <param name="CollectedAt">LBDTC of that result as sent.</param>
public readonly record struct SeriesPeak(double Times, bool IsAtLeast, long ResultKey, string CollectedAt);

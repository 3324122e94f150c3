namespace LabServer.Core;

/// <summary>
/// ANRIND/LBNRIND and, at baseline, BNRIND: where a value lies against its own <see cref="ReferenceRange"/>.
/// That nothing can be said (no range, no number) is <see langword="null"/>, never <see cref="Normal"/>.
/// </summary>
public enum RangeIndicator
{
    /// <summary>Under the lower limit (LLN).</summary>
    Low = 1,

    /// <summary>Within the limits, both included.</summary>
    Normal = 2,

    /// <summary>Over the upper limit (ULN).</summary>
    High = 3,
}

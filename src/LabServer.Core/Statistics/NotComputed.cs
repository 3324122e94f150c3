namespace LabServer.Core.Statistics;

/// <summary>
/// Why a statistic has no value. A statistic that cannot be computed is null with one of these beside it: never NaN,
/// infinity or a stand-in number.
/// </summary>
public enum NotComputed
{
    /// <summary>Everything was computed.</summary>
    None = 0,

    /// <summary>There are no values.</summary>
    NoValues,

    /// <summary>There are values, but fewer than the statistic needs (a standard deviation needs two).</summary>
    TooFewValues,

    /// <summary>The values do not vary, or by no more than doubles of their size are rounded by; a test divides by that variation.</summary>
    NoVariation,

    /// <summary>One arm, or both, has no values or subjects: there is nothing to compare.</summary>
    ArmEmpty,

    /// <summary>No subject of either arm has the event.</summary>
    NoEvents,

    /// <summary>Every subject of both arms has the event.</summary>
    AllEvents,

    /// <summary>All subjects are in one category.</summary>
    OneCategory,

    /// <summary>The categories separate the arms, so that the likelihood has no finite maximum.</summary>
    Separation,

    /// <summary>The iteration did not reach its tolerance.</summary>
    NoConvergence,
}

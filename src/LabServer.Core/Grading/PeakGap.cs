namespace LabServer.Core.Grading;

/// <summary>Why a series has no highest multiple of its upper limit from the first dose on. The numbers are stored.</summary>
public enum PeakGap
{
    /// <summary>It has one.</summary>
    None = 0,

    /// <summary>There is no result from the first dose on.</summary>
    NoResult = 1,

    /// <summary>All results are text, or of specimens that spoil the test.</summary>
    NotGradable = 2,

    /// <summary>All values are upper bounds such as <c>&lt;5</c>, which tell no highest value.</summary>
    BoundOnly = 3,

    /// <summary>No value has an upper limit.</summary>
    NoUpperLimit = 4,
}

/// <summary>The stable words of <see cref="PeakGap"/>.</summary>
public static class PeakGaps
{
    /// <summary>The word of a reason: <c>NO_UPPER_LIMIT</c>; empty where there is none.</summary>
    public static string Word(this PeakGap gap) => gap switch
    {
        PeakGap.NoResult => "NO_RESULT",
        PeakGap.NotGradable => "NOT_GRADABLE",
        PeakGap.BoundOnly => "BOUND_ONLY",
        PeakGap.NoUpperLimit => "NO_UPPER_LIMIT",
        _ => "",
    };
}

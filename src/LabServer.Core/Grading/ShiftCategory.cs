namespace LabServer.Core.Grading;

/// <summary>
/// Where a result, or the worst of several, stands in a shift table: a grade, or a range indicator; that nothing can be
/// told is a category of its own, and so is that there is no result. The numbers are stored.
/// </summary>
public enum ShiftCategory
{
    /// <summary>Grade 0.</summary>
    Grade0 = 0,

    /// <summary>Grade 1.</summary>
    Grade1 = 1,

    /// <summary>Grade 2.</summary>
    Grade2 = 2,

    /// <summary>Grade 3.</summary>
    Grade3 = 3,

    /// <summary>Grade 4.</summary>
    Grade4 = 4,

    /// <summary>Under the lower limit.</summary>
    Low = 11,

    /// <summary>Within the limits.</summary>
    Normal = 12,

    /// <summary>Over the upper limit.</summary>
    High = 13,

    /// <summary>There are results, and none of them can be graded or held against its limits.</summary>
    NotGradable = 20,

    /// <summary>There is no result.</summary>
    Missing = 21,
}

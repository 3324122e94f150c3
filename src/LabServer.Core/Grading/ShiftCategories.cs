namespace LabServer.Core.Grading;

/// <summary>The categories of shift tables in the order of their rows, and their words.</summary>
public static class ShiftCategories
{
    /// <summary>Rows and columns of a table by grade.</summary>
    public static IReadOnlyList<ShiftCategory> ByGrade { get; } =
    [
        ShiftCategory.Grade0, ShiftCategory.Grade1, ShiftCategory.Grade2, ShiftCategory.Grade3, ShiftCategory.Grade4,
        ShiftCategory.NotGradable, ShiftCategory.Missing,
    ];

    /// <summary>Rows and columns of a table by range indicator.</summary>
    public static IReadOnlyList<ShiftCategory> ByIndicator { get; } =
        [ShiftCategory.Low, ShiftCategory.Normal, ShiftCategory.High, ShiftCategory.NotGradable, ShiftCategory.Missing];

    /// <summary>The category of a grade; null is not gradable.</summary>
    public static ShiftCategory Of(int? grade) => grade is { } number ? (ShiftCategory)number : ShiftCategory.NotGradable;

    /// <summary>The category of a range indicator; null is not gradable.</summary>
    public static ShiftCategory Of(RangeIndicator? indicator) => indicator switch
    {
        RangeIndicator.Low => ShiftCategory.Low,
        RangeIndicator.Normal => ShiftCategory.Normal,
        RangeIndicator.High => ShiftCategory.High,
        _ => ShiftCategory.NotGradable,
    };

    /// <summary>The category as it is sent: <c>3</c>, <c>HIGH</c>, <c>NOT_GRADABLE</c>.</summary>
    public static string Word(this ShiftCategory category) => category switch
    {
        ShiftCategory.Low => "LOW",
        ShiftCategory.Normal => "NORMAL",
        ShiftCategory.High => "HIGH",
        ShiftCategory.NotGradable => "NOT_GRADABLE",
        ShiftCategory.Missing => "MISSING",
        _ => ((char)('0' + (int)category)).ToString(),
    };
}

namespace LabServer.Core.Charts;

/// <summary>
/// Colours of the charts. Grades grow darker from 1 to 5, so that they keep their order in grey; texts on them have a
/// contrast of at least 4.5 to 1.
/// </summary>
internal static class Palette
{
    public const string Ink = "#1d2733";
    public const string Quiet = "#556270";
    public const string Grid = "#dde3e9";
    public const string Axis = "#7b8794";
    public const string Normal = "#e6f0ea";
    public const string Line = "#1f5f8b";
    public const string Alarm = "#a61b29";

    private static readonly (string Fill, string Text)[] Grades =
        [("#ffffff", Ink), ("#fbe6a2", Ink), ("#f3ab4e", Ink), ("#c4501c", "#ffffff"), ("#8f1420", "#ffffff"), ("#2f0a12", "#ffffff")];

    /// <summary>Fill and colour of text of a grade, 0 to 5.</summary>
    public static (string Fill, string Text) Grade(int grade) => Grades[grade];
}

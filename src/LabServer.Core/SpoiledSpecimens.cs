namespace LabServer.Core;

/// <summary>What a study does with a result whose specimen spoils its test (hemolyzed potassium). The numbers are stored.</summary>
public enum SpoiledSpecimens
{
    /// <summary>It is kept, shown, and not gradable; nor can it be the baseline. The default.</summary>
    NotGradable = 1,

    /// <summary>It is graded like any other, and the grade carries a flag.</summary>
    GradedWithFlag = 2,
}

namespace LabServer.Core.Grading;

/// <summary>ATOXGRL / ATOXGRH: whether a term grades low or high values. The two are graded separately.</summary>
public enum ToxicityDirection
{
    /// <summary>The lower the value, the worse the grade.</summary>
    Low = 1,

    /// <summary>The higher the value, the worse the grade.</summary>
    High = 2,
}

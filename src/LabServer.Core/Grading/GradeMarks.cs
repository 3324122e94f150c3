namespace LabServer.Core.Grading;

/// <summary>What a reader of a grade must know besides it. The numbers are stored.</summary>
[Flags]
public enum GradeMarks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The result is a bound (<c>&lt;0.5</c>), and the grade is the least it can be.</summary>
    AtLeast = 1,

    /// <summary>The specimen spoils the test, and the study grades such results.</summary>
    SpoiledSpecimen = 2,

    /// <summary>The laboratory has not confirmed the result yet.</summary>
    Preliminary = 4,

    /// <summary>The result is computed from others.</summary>
    Derived = 8,
}

/// <summary>Finds the marks of a grade.</summary>
internal static class GradeMarksOf
{
    /// <summary>The marks of an outcome of this observation. A result without a grade has nothing to qualify but that it is preliminary or derived.</summary>
    public static GradeMarks MarksOf(this in Observation observation, in GradeOutcome outcome) =>
        (outcome.IsAtLeast ? GradeMarks.AtLeast : GradeMarks.None)
        | (observation.IsSpoiled && outcome.IsGradable ? GradeMarks.SpoiledSpecimen : GradeMarks.None)
        | (observation.Status == ResultStatus.Preliminary ? GradeMarks.Preliminary : GradeMarks.None)
        | (observation.IsDerived ? GradeMarks.Derived : GradeMarks.None);
}

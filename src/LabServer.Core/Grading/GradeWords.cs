namespace LabServer.Core.Grading;

/// <summary>The stable machine words of marks and facts, as files and messages carry them.</summary>
public static class GradeWords
{
    /// <summary>The words of the marks, for example <c>AT_LEAST</c>; empty for none.</summary>
    public static IEnumerable<string> Words(this GradeMarks marks)
    {
        if (marks.HasFlag(GradeMarks.AtLeast))
        {
            yield return "AT_LEAST";
        }

        if (marks.HasFlag(GradeMarks.SpoiledSpecimen))
        {
            yield return "SPOILED_SPECIMEN";
        }

        if (marks.HasFlag(GradeMarks.Preliminary))
        {
            yield return "PRELIMINARY";
        }

        if (marks.HasFlag(GradeMarks.Derived))
        {
            yield return "DERIVED";
        }
    }

    /// <summary>The words of the facts, for example <c>ON_ANTICOAGULATION</c>; empty for none.</summary>
    public static IEnumerable<string> Words(this GradeFacts facts)
    {
        if (facts.HasFlag(GradeFacts.OnAnticoagulation))
        {
            yield return "ON_ANTICOAGULATION";
        }

        if (facts.HasFlag(GradeFacts.HivInfected))
        {
            yield return "HIV_INFECTED";
        }
    }
}

namespace LabServer.Core.Summaries;

/// <summary>Subjects of one arm by worst grade.</summary>
/// <param name="Arm">The arm; empty of a total.</param>
/// <param name="Grade1">Subjects whose worst grade is 1.</param>
/// <param name="Grade2">Subjects whose worst grade is 2.</param>
/// <param name="Grade3">Subjects whose worst grade is 3.</param>
/// <param name="Grade4">Subjects whose worst grade is 4.</param>
/// <param name="Grade5">Subjects whose worst grade is 5.</param>
public sealed record GradeCounts(string Arm, int Grade1, int Grade2, int Grade3, int Grade4, int Grade5)
{
    /// <summary>Subjects with any grade.</summary>
    public int Any => Grade1 + Grade2 + Grade3 + Grade4 + Grade5;
}

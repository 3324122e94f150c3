namespace LabServer.Core.Summaries;

/// <summary>A yes/no outcome in one arm at one visit.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Subjects">Its safety population (of the stratum).</param>
/// <param name="Events">Subjects with the event.</param>
/// <param name="N">Subjects of whom yes or no is known: the denominator.</param>
/// <param name="Undecided">Subjects whose result says neither.</param>
public sealed record OutcomeArm(string Arm, int Subjects, int Events, int N, int Undecided)
{
    /// <summary>Subjects without a result at the visit.</summary>
    public int Missing => Subjects - N - Undecided;
}

namespace LabServer.Core.Summaries;

/// <summary>An ordered outcome in one arm at one visit.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Subjects">Its safety population (of the stratum).</param>
/// <param name="Counts">Subjects by category, from the lowest.</param>
/// <param name="Undecided">Subjects whose result is of no category.</param>
public sealed record CategoryArm(string Arm, int Subjects, IReadOnlyList<int> Counts, int Undecided)
{
    /// <summary>Subjects of whom the category is known: the denominator.</summary>
    public int N => Counts.Sum();

    /// <summary>Subjects without a result at the visit.</summary>
    public int Missing => Subjects - N - Undecided;
}

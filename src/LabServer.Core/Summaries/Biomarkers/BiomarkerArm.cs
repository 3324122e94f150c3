using LabServer.Core.Statistics;

namespace LabServer.Core.Summaries;

/// <summary>One arm at one visit.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Subjects">Its safety population (of the stratum).</param>
/// <param name="Summary">Statistics of the values; <see cref="SampleSummary.N"/> is how many there are.</param>
public sealed record BiomarkerArm(string Arm, int Subjects, SampleSummary Summary)
{
    /// <summary>Subjects without a value of the measure at the visit. Bounds that are left out are values, not missing.</summary>
    public int Missing => Subjects - Summary.N - Excluded;

    /// <summary>Bounds that <see cref="BoundHandling.Exclude"/> keeps out of the statistics.</summary>
    public int Excluded { get; init; }

    /// <summary>Values under the limit of quantification.</summary>
    public int BelowQuantification { get; init; }

    /// <summary>Values over the limit of quantification.</summary>
    public int AboveQuantification { get; init; }

    /// <summary>Values carried forward from an earlier visit.</summary>
    public int Carried { get; init; }

    /// <summary>Records that can be placed against their own reference range.</summary>
    public int WithRange { get; init; }

    /// <summary>Those of them under the lower limit.</summary>
    public int BelowLower { get; init; }

    /// <summary>Those of them over the upper limit.</summary>
    public int AboveUpper { get; init; }
}

using LabServer.Core.Grading;

namespace LabServer.Core.Ingestion;

/// <summary>A range of a laboratory as it was sent, before it is checked. Empty texts were not sent.</summary>
public sealed record SentRange
{
    /// <summary>Our key or code of the test, an alias or a LOINC code.</summary>
    public string TestCode { get; init; } = "";

    /// <summary>Male or female; <see cref="Sex.Unknown"/>: everyone.</summary>
    public Sex Sex { get; init; }

    /// <summary>Completed age from which it holds, itself included; null: from birth.</summary>
    public int? AgeFrom { get; init; }

    /// <summary>Unit of <see cref="AgeFrom"/>.</summary>
    public AgeUnit AgeFromUnit { get; init; }

    /// <summary>Completed age up to which it holds, itself not included; null: no end.</summary>
    public int? AgeTo { get; init; }

    /// <summary>Unit of <see cref="AgeTo"/>.</summary>
    public AgeUnit AgeToUnit { get; init; }

    /// <summary>LBMETHOD; empty: any.</summary>
    public string Method { get; init; } = "";

    /// <summary>First day of collection for which it holds; empty: no beginning.</summary>
    public string EffectiveFrom { get; init; } = "";

    /// <summary>First day of collection for which it does not hold any more; empty: no end.</summary>
    public string EffectiveTo { get; init; } = "";

    /// <summary>Lower limit of normal; empty: none.</summary>
    public string Low { get; init; } = "";

    /// <summary>Whether the lower limit itself is normal.</summary>
    public bool LowInclusive { get; init; } = true;

    /// <summary>Upper limit of normal; empty: none.</summary>
    public string High { get; init; } = "";

    /// <summary>Whether the upper limit itself is normal.</summary>
    public bool HighInclusive { get; init; } = true;

    /// <summary>Unit of the limits, in any spelling that the test knows.</summary>
    public string Unit { get; init; } = "";
}

namespace LabServer.Core.Storage;

/// <summary>A version of a laboratory's ranges.</summary>
public sealed record RangeVersion
{
    /// <summary>Key of the laboratory.</summary>
    public long LaboratoryKey { get; init; }

    /// <summary>Laboratory.</summary>
    public string Laboratory { get; init; } = "";

    /// <summary>From 1, by import; 0 holds nothing, and is what a laboratory has before its first import.</summary>
    public int Version { get; init; }

    /// <summary>When it was imported.</summary>
    public long ImportedUs { get; init; }

    /// <summary>Who imported it.</summary>
    public string ImportedBy { get; init; } = "";

    /// <summary>Why; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How many ranges it holds.</summary>
    public long Ranges { get; init; }

    /// <summary>The version of the laboratory that is in force.</summary>
    public int InForce { get; init; }

    /// <summary>When it was put in force, oldest first; empty: never.</summary>
    public IReadOnlyList<AppliedVersion> Applications { get; init; } = [];
}

/// <summary>That a version was put in force.</summary>
public sealed record AppliedVersion
{
    /// <summary>When.</summary>
    public long AppliedUs { get; init; }

    /// <summary>By whom.</summary>
    public string AppliedBy { get; init; } = "";

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";
}

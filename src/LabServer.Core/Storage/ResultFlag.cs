using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>A quality flag as it is shown.</summary>
public sealed record ResultFlag
{
    /// <summary>The flagged result.</summary>
    public long ResultKey { get; init; }

    /// <summary>What is the matter.</summary>
    public FlagKind Flag { get; init; }

    /// <summary>The numbers behind it, for a person; may be empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Laboratory of the result it was compared with; null: none.</summary>
    public string? OtherLaboratory { get; init; }

    /// <summary>The sender's id of the result it was compared with; null: none.</summary>
    public string? OtherSourceResultId { get; init; }
}

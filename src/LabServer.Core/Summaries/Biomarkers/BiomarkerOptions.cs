namespace LabServer.Core.Summaries;

/// <summary>How a biomarker is summarised.</summary>
public sealed record BiomarkerOptions
{
    /// <summary>What of each record.</summary>
    public BiomarkerMeasure Measure { get; init; } = BiomarkerMeasure.Value;

    /// <summary>What bounds count as.</summary>
    public BoundHandling Bounds { get; init; } = BoundHandling.Limit;

    /// <summary>Whether a subject without a record at a planned visit has its last one from after the first dose (LOCF).</summary>
    public bool CarryForward { get; init; }

    /// <summary>Whether the baseline record is carried too, where there is no later one. Only with <see cref="CarryForward"/>.</summary>
    public bool CarryBaseline { get; init; }

    /// <summary>The only visit to show; null: all.</summary>
    public string? Visit { get; init; }
}

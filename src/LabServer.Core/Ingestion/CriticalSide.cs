namespace LabServer.Core.Ingestion;

/// <summary>Which critical limit a value is beyond. The numbers are stored.</summary>
public enum CriticalSide
{
    /// <summary>Under the low one.</summary>
    Low = 1,

    /// <summary>Over the high one.</summary>
    High = 2,
}

namespace LabServer.Core.Storage;

/// <summary>How many series of a subject are to be graded.</summary>
public sealed record SubjectSeries
{
    /// <summary>Subject.</summary>
    public long SubjectKey { get; init; }

    /// <summary>Number of series.</summary>
    public long Series { get; init; }
}

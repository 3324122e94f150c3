using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>A result in force: as grading reads it, and the texts that were sent.</summary>
internal sealed record ExportedResult
{
    public required Observation Observation { get; init; }

    public required long TestKey { get; init; }

    public required string Laboratory { get; init; }

    public required string SourceResultId { get; init; }

    public required string Specimen { get; init; }

    public required string Category { get; init; }

    public required string ReportedValue { get; init; }

    public required string ReportedUnit { get; init; }

    public required string ReferenceLow { get; init; }

    public required string ReferenceHigh { get; init; }

    public required string Visit { get; init; }

    public required string VisitNumber { get; init; }

    /// <summary>As sent; the study's default is in the prepared observation alone.</summary>
    public required Fasting Fasting { get; init; }

    public long ResultKey => Observation.ResultKey;

    public long CollectedUs => Observation.CollectedUs;

    public ResultOrder Order => new(SourceResultId, Laboratory);
}

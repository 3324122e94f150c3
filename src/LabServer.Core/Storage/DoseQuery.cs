namespace LabServer.Core.Storage;

/// <summary>Which dose records to list.</summary>
public sealed record DoseQuery
{
    /// <summary>The study.</summary>
    public required long StudyKey { get; init; }

    /// <summary>Only this subject; empty: all.</summary>
    public string SubjectId { get; init; } = "";

    /// <summary>Behind this subject; empty: from the start. With the next two the place of the last record seen.</summary>
    public string AfterSubject { get; init; } = "";

    /// <summary>Behind this start.</summary>
    public long AfterUs { get; init; }

    /// <summary>Behind this record.</summary>
    public string AfterDose { get; init; } = "";

    /// <summary>At most this many.</summary>
    public required int Take { get; init; }
}

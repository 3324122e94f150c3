using LabServer.Core.Access;

namespace LabServer.Core.Storage;

/// <summary>Which dose records to list.</summary>
public sealed record DoseQuery
{
    /// <summary>The study.</summary>
    public required long StudyKey { get; init; }

    /// <summary>Whether records say what was given.</summary>
    public required ArmSight Sight { get; init; }

    /// <summary>The same, for the statement.</summary>
    public bool IsBlinded => Sight == ArmSight.Blinded;

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

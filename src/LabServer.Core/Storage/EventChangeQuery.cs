namespace LabServer.Core.Storage;

/// <summary>Which changes of events to read.</summary>
public sealed record EventChangeQuery
{
    /// <summary>The study.</summary>
    public required long StudyKey { get; init; }

    /// <summary>Of graded events only those of this rule set; empty: all. Reported events are under none and always there.</summary>
    public string RuleSetId { get; init; } = "";

    /// <summary>Only events that are, or were until then, at least this bad.</summary>
    public int MinimumGrade { get; init; }

    /// <summary>Only behind this place of the log; 0: from the start.</summary>
    public long After { get; init; }

    /// <summary>At most this many.</summary>
    public required int Take { get; init; }
}

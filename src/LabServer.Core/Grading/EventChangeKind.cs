namespace LabServer.Core.Grading;

/// <summary>What happened to an event. The numbers are stored.</summary>
public enum EventChangeKind
{
    /// <summary>Grading found it, or found it again.</summary>
    Added = 1,

    /// <summary>Grading gave it other dates or grades.</summary>
    Changed = 2,

    /// <summary>Grading does not find it any more, or its report was withdrawn.</summary>
    Removed = 3,

    /// <summary>A person reported it.</summary>
    Reported = 4,

    /// <summary>The report was corrected.</summary>
    ReportAmended = 5,

    /// <summary>It was reviewed, or is again what was reviewed.</summary>
    Reviewed = 6,

    /// <summary>It is not what was reviewed any more.</summary>
    ReviewReopened = 7,
}

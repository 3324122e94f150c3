namespace LabServer.Core.Reports;

/// <summary>A safety report on file. It never changes.</summary>
public sealed record SafetyReport
{
    /// <summary>Its place in the order in which reports were made.</summary>
    public long ReportKey { get; init; }

    /// <summary>Its id in the study: the cut-off in UTC, to the microsecond.</summary>
    public required string ReportId { get; init; }

    /// <summary>The moment whose state it shows, in UTC microseconds.</summary>
    public required long CutOffUs { get; init; }

    /// <summary>Cut-off of the report before it; null: it is the first one of its study.</summary>
    public long? PreviousUs { get; init; }

    /// <summary>How its material becomes files, see <see cref="SafetyReportFiles.Format"/>.</summary>
    public required int Format { get; init; }

    /// <summary>The job run that made it.</summary>
    public required string RunId { get; init; }

    /// <summary>What the study held then.</summary>
    public required ReportCounts Counts { get; init; }
}

/// <summary>What a study held at a cut-off.</summary>
public sealed record ReportCounts
{
    /// <summary>Subjects registered.</summary>
    public long Subjects { get; init; }

    /// <summary>Subjects with a first dose.</summary>
    public long SafetySubjects { get; init; }

    /// <summary>Results that laboratories sent.</summary>
    public long Results { get; init; }

    /// <summary>Results derived from others.</summary>
    public long Derived { get; init; }

    /// <summary>Results held.</summary>
    public long Held { get; init; }

    /// <summary>Entries of the reject log.</summary>
    public long Rejected { get; init; }

    /// <summary>Results and series that waited for grading.</summary>
    public long Pending { get; init; }

    /// <summary>Events, graded and reported ones, of all rule sets.</summary>
    public long Events { get; init; }

    /// <summary>Alerts that nobody had looked at.</summary>
    public long OpenAlerts { get; init; }

    /// <summary>New and changed events since the report before.</summary>
    public long ChangedEvents { get; init; }

    /// <summary>Of these, events that are new, or worse than they were, and of grade 3 or more.</summary>
    public long NewSevereEvents { get; init; }
}

namespace LabServer.Jobs;

/// <summary>The jobs as callers and the run history know them.</summary>
internal static class JobNames
{
    public const string GradingIncremental = "grading-incremental";

    public const string GradingFull = "grading-full";

    public const string Report = "report";

    public const string Backup = "backup";

    /// <summary>All of them, for a sentence.</summary>
    public const string All = "grading-incremental, grading-full, report or backup";

    /// <summary>Whether a run of the job is of one study; if not, it is of the whole server and names none.</summary>
    public static bool IsOfAStudy(string job) => job != Backup;

    /// <summary>What the job does, in one sentence; null for a name that is no job's.</summary>
    public static string? Describe(string job) => job switch
    {
        GradingIncremental => "Takes up new results and grades the series they touch.",
        GradingFull => "Grades every series of the study again and reports what differs from before.",
        Report => "Makes the safety report of the study as it is now.",
        Backup => "Takes a backup of the whole server, all studies.",
        _ => null,
    };
}

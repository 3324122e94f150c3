namespace LabServer.Core;

/// <summary>A clinical trial (STUDYID).</summary>
public sealed record Study
{
    /// <summary>Rule set a study is graded under when it names none.</summary>
    public const string DefaultRuleSet = "ctcae-5.0";

    /// <summary>When the nightly full grading runs where a study says nothing: 02:00 in its time zone.</summary>
    public const string DefaultFullGradingCron = "0 0 2 * * ?";

    /// <summary>When the safety report is made where a study says nothing: 05:00 in its time zone, behind the nightly grading.</summary>
    public const string DefaultReportCron = "0 0 5 * * ?";

    /// <summary>Key in the database; 0 before it is stored.</summary>
    public long StudyKey { get; init; }

    /// <summary>STUDYID.</summary>
    public required string StudyId { get; init; }

    /// <summary>Title for people; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>IANA time zone in which dates without an offset are read. Cannot be changed once set.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Quartz cron expression of the nightly full grading, in <see cref="TimeZone"/>.</summary>
    public string FullGradingCron { get; init; } = DefaultFullGradingCron;

    /// <summary>Quartz cron expression of the safety report, in <see cref="TimeZone"/>.</summary>
    public string ReportCron { get; init; } = DefaultReportCron;

    /// <summary>Rule sets the study is graded under, in the order named.</summary>
    public IReadOnlyList<string> RuleSets { get; init; } = [DefaultRuleSet];

    /// <summary>Arms (ARM) in the order in which tables show them.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>What holds for its results as a whole.</summary>
    public StudySettings Settings { get; init; } = new();

    /// <summary>The zone object of <see cref="TimeZone"/>.</summary>
    /// <exception cref="TimeZoneNotFoundException">The machine does not know the zone.</exception>
    public TimeZoneInfo Zone() => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}

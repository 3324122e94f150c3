using System.CommandLine;

namespace LabServer.Cli.Studies;

/// <summary>Arguments and options that several commands on studies share.</summary>
internal static class StudyOptions
{
    /// <summary>STUDY.</summary>
    public static Argument<string> Study() => new("STUDY") { Description = "Study (STUDYID)." };

    /// <summary>--rule-sets.</summary>
    public static Option<string?> RuleSets(bool required = false) =>
        new("--rule-sets") { Description = "Rule sets by id, with commas between them, for instance ctcae-5.0.", HelpName = "A,B", Required = required };

    /// <summary>--report-cron.</summary>
    public static Option<string?> ReportCron() => new("--report-cron")
    {
        Description = "When the safety report is made, as a Quartz cron expression in the study's time zone. Default: 0 0 5 * * ?.",
        HelpName = "CRON",
    };

    /// <summary>The parts of a text with commas, in its order.</summary>
    public static IEnumerable<string> Parts(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Studies;

/// <summary><c>labctl studies create STUDY</c>.</summary>
internal sealed class CreateStudyCommand : Command
{
    public CreateStudyCommand(Shell shell) : base("create", "Registers a study.")
    {
        var study = StudyOptions.Study();
        var title = new Option<string?>("--title") { Description = "A title for people." };
        var timeZone = new Option<string?>("--time-zone")
        {
            Description = "IANA time zone in which dates without an offset are read. Default: UTC.",
            HelpName = "ZONE",
        };
        var ruleSets = StudyOptions.RuleSets();
        var arms = new Option<string?>("--arms") { Description = "Arms in the order in which tables show them, with commas between them.", HelpName = "A,B" };
        var cron = new Option<string?>("--full-grading-cron")
        {
            Description = "When the nightly full grading runs, as a Quartz cron expression in the study's time zone.",
            HelpName = "CRON",
        };
        var reportCron = StudyOptions.ReportCron();
        var settings = new SettingsOptions();
        Add(study);
        Add(title);
        Add(timeZone);
        Add(ruleSets);
        Add(arms);
        Add(cron);
        Add(reportCron);
        settings.AddTo(this);
        Add(shell.Reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var created = await server.Studies.CreateStudyAsync(
                new CreateStudyRequest
                {
                    Study = new Study
                    {
                        StudyId = parsed.GetRequiredValue(study),
                        Title = parsed.GetValue(title) ?? "",
                        TimeZone = parsed.GetValue(timeZone) ?? "",
                        RuleSets = { StudyOptions.Parts(parsed.GetValue(ruleSets)) },
                        Arms = { StudyOptions.Parts(parsed.GetValue(arms)) },
                        FullGradingCron = parsed.GetValue(cron) ?? "",
                        ReportCron = parsed.GetValue(reportCron) ?? "",
                        Settings = settings.Read(parsed),
                    },
                    Reason = shell.ReasonOf(parsed),
                },
                cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, StudyColumns.Listed, created.Study);
            return ExitCode.Done;
        });
    }
}

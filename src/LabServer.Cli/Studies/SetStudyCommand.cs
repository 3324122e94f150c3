using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Studies;

/// <summary><c>labctl studies set STUDY</c>.</summary>
internal sealed class SetStudyCommand : Command
{
    public SetStudyCommand(Shell shell)
        : base("set", "Changes what a study says about its results as a whole, which the next grading run takes up, and when its report is made.")
    {
        var study = StudyOptions.Study();
        var settings = new SettingsOptions();
        var reportCron = StudyOptions.ReportCron();
        Add(study);
        settings.AddTo(this);
        Add(reportCron);
        Add(shell.Reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            var change = settings.Read(parsed);
            var cron = parsed.GetValue(reportCron);
            if (change.CalculateSize() == 0 && cron is null)
            {
                throw new UsageException("Nothing is named to be set; see --help.");
            }

            using var server = shell.Connect(parsed);
            var request = new ChangeStudySettingsRequest
            {
                StudyId = parsed.GetRequiredValue(study),
                Settings = change,
                Reason = shell.ReasonOf(parsed),
            };
            if (cron is not null)
            {
                request.ReportCron = cron;
            }

            var changed = await server.Studies.ChangeStudySettingsAsync(request, cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, StudyColumns.WithSettings, changed.Study);
            return ExitCode.Done;
        });
    }
}

using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Studies;

/// <summary><c>labctl studies set STUDY</c>.</summary>
internal sealed class SetStudyCommand : Command
{
    public SetStudyCommand(Shell shell)
        : base("set", "Changes what a study says about its results as a whole; the next grading run grades what differs.")
    {
        var study = StudyOptions.Study();
        var settings = new SettingsOptions();
        Add(study);
        settings.AddTo(this);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            var change = settings.Read(parsed);
            if (change.CalculateSize() == 0)
            {
                throw new UsageException("Nothing is named to be set; see --help.");
            }

            using var server = shell.Connect(parsed);
            var changed = await server.Studies.ChangeStudySettingsAsync(
                new ChangeStudySettingsRequest { StudyId = parsed.GetRequiredValue(study), Settings = change }, cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, StudyColumns.WithSettings, changed.Study);
            return ExitCode.Done;
        });
    }
}

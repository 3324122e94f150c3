using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Studies;

/// <summary><c>labctl studies show STUDY</c>.</summary>
internal sealed class ShowStudyCommand : Command
{
    public ShowStudyCommand(Shell shell) : base("show", "Shows a study with the number of its subjects and results.")
    {
        var study = StudyOptions.Study();
        Add(study);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var shown = await server.Studies.GetStudyAsync(
                new GetStudyRequest { StudyId = parsed.GetRequiredValue(study) }, cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, StudyColumns.Shown, shown);
            return ExitCode.Done;
        });
    }
}

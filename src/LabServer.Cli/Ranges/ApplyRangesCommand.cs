using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Ranges;

/// <summary><c>labctl ranges apply --version N</c>.</summary>
internal sealed class ApplyRangesCommand : Command
{
    public ApplyRangesCommand(Shell shell)
        : base("apply", "Puts a version of a laboratory's ranges in force, also an older one; the next grading run regrades what it changes.")
    {
        var laboratory = RangeOptions.Laboratory();
        var version = RangeOptions.Version("Version; 0 holds no ranges, as before the first import.", required: true);
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        Add(shell.Study);
        Add(laboratory);
        Add(version);
        Add(reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var applied = await server.Ranges.ApplyReferenceRangesAsync(
                new ApplyReferenceRangesRequest
                {
                    StudyId = parsed.GetRequiredValue(shell.Study),
                    Laboratory = parsed.GetRequiredValue(laboratory),
                    Version = parsed.GetRequiredValue(version)!.Value,
                    Reason = parsed.GetRequiredValue(reason),
                },
                cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, RangeColumns.Applied(parsed.GetRequiredValue(laboratory)), applied);
            return ExitCode.Done;
        });
    }
}

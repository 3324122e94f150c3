using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Ranges;

/// <summary><c>labctl ranges outdated</c>.</summary>
internal sealed class ListOutdatedRangesCommand : Command
{
    public ListOutdatedRangesCommand(Shell shell)
        : base("outdated", "Lists where ranges should be looked after: expired, not applied, others than results are sent with, or none.")
    {
        Add(shell.Study);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var answer = await server.Ranges.ListOutdatedRangesAsync(
                new ListOutdatedRangesRequest { StudyId = parsed.GetRequiredValue(shell.Study) }, cancellationToken: cancellationToken);
            shell.Write(parsed, RangeColumns.Outdated, answer.Ranges);
            return ExitCode.Done;
        });
    }
}

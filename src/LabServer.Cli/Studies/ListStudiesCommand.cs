using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Studies;

/// <summary><c>labctl studies list</c>.</summary>
internal sealed class ListStudiesCommand : Command
{
    public ListStudiesCommand(Shell shell) : base("list", "Lists the studies.")
    {
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var studies = Pages.Read(
                (size, token) => server.Studies.ListStudiesAsync(
                    new ListStudiesRequest { PageSize = size, PageToken = token }, cancellationToken: cancellationToken),
                page => page.Studies, page => page.NextPageToken, null, cancellationToken);
            await shell.Write(parsed, StudyColumns.Listed, studies, cancellationToken);
            return ExitCode.Done;
        });
    }
}

using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Results;

/// <summary><c>labctl results held</c>.</summary>
internal sealed class ListHeldResultsCommand : Command
{
    public ListHeldResultsCommand(Shell shell) : base("held", "Lists the results that wait for their subject, test or unit.")
    {
        var limit = Limits.Option();
        Add(shell.Study);
        Add(limit);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var held = Pages.Read(
                (size, token) => server.Ingestion.ListHeldResultsAsync(
                    new ListHeldResultsRequest { StudyId = parsed.GetRequiredValue(shell.Study), PageSize = size, PageToken = token },
                    cancellationToken: cancellationToken),
                page => page.Results, page => page.NextPageToken, parsed.GetValue(limit), cancellationToken);
            await shell.Write(parsed, ResultColumns.Stored, held, cancellationToken);
            return ExitCode.Done;
        });
    }
}

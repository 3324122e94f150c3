using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Results;

/// <summary><c>labctl results rejected</c>.</summary>
internal sealed class ListRejectedResultsCommand : Command
{
    public ListRejectedResultsCommand(Shell shell) : base("rejected", "Lists what was refused, as sent, with the reasons.")
    {
        var limit = Limits.Option();
        Add(shell.Study);
        Add(limit);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var rejected = Pages.Read(
                (size, token) => server.Ingestion.ListRejectedResultsAsync(
                    new ListRejectedResultsRequest { StudyId = parsed.GetRequiredValue(shell.Study), PageSize = size, PageToken = token },
                    cancellationToken: cancellationToken),
                page => page.Results, page => page.NextPageToken, parsed.GetValue(limit), cancellationToken);
            await shell.Write(parsed, ResultColumns.Rejected, rejected, cancellationToken);
            return ExitCode.Done;
        });
    }
}

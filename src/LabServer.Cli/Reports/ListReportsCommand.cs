using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Reports;

/// <summary><c>labctl reports list</c>.</summary>
internal sealed class ListReportsCommand : Command
{
    public ListReportsCommand(Shell shell) : base("list", "Lists the safety reports of a study, newest first.")
    {
        var limit = Limits.Option();
        Add(shell.Study);
        Add(limit);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var reports = Pages.Read(
                (size, token) => server.Reports.ListReportsAsync(
                    new ListReportsRequest { StudyId = parsed.GetRequiredValue(shell.Study), PageSize = size, PageToken = token },
                    cancellationToken: cancellationToken),
                page => page.Reports, page => page.NextPageToken, parsed.GetValue(limit), cancellationToken);
            await shell.Write(parsed, ReportColumns.Listed, reports, cancellationToken);
            return ExitCode.Done;
        });
    }
}

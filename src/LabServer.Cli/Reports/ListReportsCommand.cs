using LabServer.Api.V1;

namespace LabServer.Cli.Reports;

/// <summary><c>labctl reports list</c>.</summary>
internal sealed class ListReportsCommand(Shell shell) : StudyListCommand<ListReportsResponse, Report>(
    shell,
    "list",
    "Lists the safety reports of a study, newest first.",
    ReportColumns.Listed,
    (server, study, size, token, cancellationToken) => server.Reports.ListReportsAsync(
        new ListReportsRequest { StudyId = study, PageSize = size, PageToken = token }, cancellationToken: cancellationToken),
    page => page.Reports,
    page => page.NextPageToken);

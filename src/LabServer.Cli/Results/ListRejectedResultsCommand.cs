using LabServer.Api.V1;

namespace LabServer.Cli.Results;

/// <summary><c>labctl results rejected</c>.</summary>
internal sealed class ListRejectedResultsCommand(Shell shell) : StudyListCommand<ListRejectedResultsResponse, RejectedResult>(
    shell,
    "rejected",
    "Lists what was refused, as sent, with the reasons.",
    ResultColumns.Rejected,
    (server, study, size, token, cancellationToken) => server.Ingestion.ListRejectedResultsAsync(
        new ListRejectedResultsRequest { StudyId = study, PageSize = size, PageToken = token }, cancellationToken: cancellationToken),
    page => page.Results,
    page => page.NextPageToken);

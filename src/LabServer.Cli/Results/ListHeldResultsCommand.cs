using LabServer.Api.V1;

namespace LabServer.Cli.Results;

/// <summary><c>labctl results held</c>.</summary>
internal sealed class ListHeldResultsCommand(Shell shell) : StudyListCommand<ListHeldResultsResponse, StoredResult>(
    shell,
    "held",
    "Lists the results that wait for their subject, test or unit.",
    ResultColumns.Stored,
    (server, study, size, token, cancellationToken) => server.Ingestion.ListHeldResultsAsync(
        new ListHeldResultsRequest { StudyId = study, PageSize = size, PageToken = token }, cancellationToken: cancellationToken),
    page => page.Results,
    page => page.NextPageToken);

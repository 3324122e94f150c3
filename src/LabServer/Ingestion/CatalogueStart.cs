using LabServer.Core.Audit;
using LabServer.Core.Storage;

namespace LabServer.Ingestion;

/// <summary>At start, hands to grading what an earlier program held and this one understands.</summary>
internal sealed class CatalogueStart(CatalogueStore catalogue) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => catalogue.ReleaseKnown(Author.Server, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.AdverseEvents;

/// <summary>Sends reports of events.</summary>
internal sealed class ReportImport(Connection server, string study, bool amend, Func<string, string> columnOf)
    : RowImport<EventReport, ReportDisposition>(ReportDisposition.Rejected, batchSize: 500, columnOf)
{
    /// <inheritdoc/>
    protected override async Task<(IEnumerable<ReportDisposition> Dispositions, IEnumerable<(int Position, IEnumerable<Fault> Faults)> Faults)> Request(
        IEnumerable<EventReport> items, CancellationToken cancellationToken)
    {
        var answer = await server.AdverseEvents.ReportAdverseEventAsync(
            new ReportAdverseEventRequest { StudyId = study, Amend = amend, Reports = { items } }, cancellationToken: cancellationToken);
        return (answer.Dispositions, answer.Faults.Select(refused => (refused.Position, refused.Faults.AsEnumerable())));
    }
}

using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Doses;

/// <summary>Sends dose records.</summary>
internal sealed class DoseImport(Connection server, string study, string reason, DoseFileReader reader)
    : RowImport<Dose, DoseDisposition>(DoseDisposition.Rejected, batchSize: 1_000, reader.ColumnOf)
{
    /// <inheritdoc/>
    protected override async Task<(IEnumerable<DoseDisposition> Dispositions, IEnumerable<(int Position, IEnumerable<Fault> Faults)> Faults)> Request(
        IEnumerable<Dose> items, CancellationToken cancellationToken)
    {
        var answer = await server.Studies.ImportDosesAsync(
            new ImportDosesRequest { StudyId = study, Doses = { items }, Reason = reason }, cancellationToken: cancellationToken);
        return (answer.Dispositions, answer.Faults.Select(refused => (refused.Position, refused.Faults.AsEnumerable())));
    }
}

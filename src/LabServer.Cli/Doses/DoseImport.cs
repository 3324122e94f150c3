using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Doses;

/// <summary>Sends dose records in batches and counts what became of them.</summary>
internal sealed class DoseImport(Connection server, string study, DoseFileReader reader)
{
    private const int BatchSize = 1_000;

    private readonly Dictionary<DoseDisposition, long> _counts = [];

    /// <summary>Rows read.</summary>
    public long Rows { get; private set; }

    /// <summary>Every fault of the rejected ones.</summary>
    public List<RowFault> Faults { get; } = [];

    /// <summary>How many records have this disposition.</summary>
    public long Count(DoseDisposition disposition) => _counts.GetValueOrDefault(disposition);

    /// <summary>Sends the whole file.</summary>
    /// <param name="file">For the share read.</param>
    /// <param name="report">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task SendAll(CsvFile file, Action<double, string> report, CancellationToken cancellationToken)
    {
        foreach (var batch in reader.Read().Chunk(BatchSize))
        {
            await Send(batch, cancellationToken);
            report(file.ShareRead, $"{Output.Cell.Text(Rows)} rows");
        }
    }

    private async Task Send(DoseRow[] rows, CancellationToken cancellationToken)
    {
        Rows += rows.Length;
        foreach (var row in rows)
        {
            if (row.Fault is { } fault)
            {
                Faults.Add(fault);
                Add(DoseDisposition.Rejected);
            }
        }

        var sent = rows.Where(row => row.Dose is not null).ToList();
        if (sent.Count == 0)
        {
            return;
        }

        var answer = await server.Studies.ImportDosesAsync(
            new ImportDosesRequest { StudyId = study, Doses = { sent.Select(row => row.Dose) } }, cancellationToken: cancellationToken);
        foreach (var disposition in answer.Dispositions)
        {
            Add(disposition);
        }

        Faults.AddRange(
            from refused in answer.Faults
            from fault in refused.Faults
            select new RowFault(sent[refused.Position].Line, reader.ColumnOf(fault.Field), fault.Code, fault.Message));
    }

    private void Add(DoseDisposition disposition) => _counts[disposition] = Count(disposition) + 1;
}

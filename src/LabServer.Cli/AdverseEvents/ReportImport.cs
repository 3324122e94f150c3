using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.AdverseEvents;

/// <summary>Sends reports in batches and counts what became of them.</summary>
internal sealed class ReportImport(Connection server, string study, bool amend, Func<string, string> columnOf)
{
    /// <summary>Reports of one request.</summary>
    public const int BatchSize = 500;

    private readonly Dictionary<ReportDisposition, long> _counts = [];

    /// <summary>Rows read.</summary>
    public long Rows { get; private set; }

    /// <summary>Every fault of the rejected ones.</summary>
    public List<RowFault> Faults { get; } = [];

    /// <summary>How many reports have this disposition.</summary>
    public long Count(ReportDisposition disposition) => _counts.GetValueOrDefault(disposition);

    /// <summary>Sends one batch.</summary>
    public async Task Send(IReadOnlyList<ReportRow> rows, CancellationToken cancellationToken)
    {
        Rows += rows.Count;
        foreach (var refused in rows.Where(row => row.Faults.Count > 0))
        {
            Faults.AddRange(refused.Faults);
            Add(ReportDisposition.Rejected);
        }

        var sent = rows.Where(row => row.Faults.Count == 0).ToList();
        if (sent.Count == 0)
        {
            return;
        }

        var answer = await server.AdverseEvents.ReportAdverseEventAsync(
            new ReportAdverseEventRequest { StudyId = study, Amend = amend, Reports = { sent.Select(row => row.Report) } },
            cancellationToken: cancellationToken);
        foreach (var disposition in answer.Dispositions)
        {
            Add(disposition);
        }

        Faults.AddRange(
            from refused in answer.Faults
            from fault in refused.Faults
            select new RowFault(sent[refused.Position].Line, columnOf(fault.Field), fault.Code, fault.Message));
    }

    private void Add(ReportDisposition disposition) => _counts[disposition] = Count(disposition) + 1;
}

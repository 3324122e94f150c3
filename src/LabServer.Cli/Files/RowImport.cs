using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Files;

/// <summary>Sends the rows of a file in batches and counts what became of them.</summary>
/// <typeparam name="TItem">What a row says, as on the wire.</typeparam>
/// <typeparam name="TDisposition">What can become of it.</typeparam>
/// <param name="rejected">What becomes of a row that is not taken.</param>
/// <param name="batchSize">Rows of one request.</param>
/// <param name="columnOf">The column of the file that a field of the wire comes from.</param>
internal abstract class RowImport<TItem, TDisposition>(TDisposition rejected, int batchSize, Func<string, string> columnOf)
    where TItem : class
    where TDisposition : struct, Enum
{
    private readonly Dictionary<TDisposition, long> _counts = [];

    /// <summary>Rows read.</summary>
    public long Rows { get; private set; }

    /// <summary>Every fault of the rejected ones.</summary>
    public List<RowFault> Faults { get; } = [];

    /// <summary>Done, or done but for rejected rows.</summary>
    public int ExitCode => Count(rejected) > 0 ? Cli.ExitCode.RowsRefused : Cli.ExitCode.Done;

    /// <summary>How many rows have this disposition.</summary>
    public long Count(TDisposition disposition) => _counts.GetValueOrDefault(disposition);

    /// <summary>Sends every row, under a progress bar where a person looks on.</summary>
    /// <param name="terminal">For the bar.</param>
    /// <param name="title">Its title.</param>
    /// <param name="file">The file, for the share read.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task SendAll(
        Terminal terminal, string title, CsvFile file, IEnumerable<ImportRow<TItem>> rows, CancellationToken cancellationToken) =>
        SendAll(terminal, title, () => file.ShareRead, rows, cancellationToken);

    /// <summary>Sends every row, under a progress bar where a person looks on.</summary>
    /// <param name="terminal">For the bar.</param>
    /// <param name="title">Its title.</param>
    /// <param name="share">The share done, from 0 to 1.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task SendAll(
        Terminal terminal, string title, Func<double> share, IEnumerable<ImportRow<TItem>> rows, CancellationToken cancellationToken) =>
        terminal.WithProgress(title, async report =>
        {
            foreach (var batch in rows.Chunk(batchSize))
            {
                await Send(batch, cancellationToken);
                report(share(), $"{Cell.Text(Rows)} rows");
            }

            return Rows;
        });

    /// <summary>Sends the items of one request.</summary>
    /// <returns>What became of each, and the faults of those that were rejected, by position.</returns>
    protected abstract Task<(IEnumerable<TDisposition> Dispositions, IEnumerable<(int Position, IEnumerable<Fault> Faults)> Faults)> Request(
        IEnumerable<TItem> items, CancellationToken cancellationToken);

    private async Task Send(ImportRow<TItem>[] rows, CancellationToken cancellationToken)
    {
        Rows += rows.Length;
        foreach (var refused in rows.Where(row => row.Faults.Count > 0))
        {
            Faults.AddRange(refused.Faults);
            Add(rejected);
        }

        var sent = rows.Where(row => row.Faults.Count == 0).ToList();
        if (sent.Count == 0)
        {
            return;
        }

        var answer = await Request(sent.Select(row => row.Item!), cancellationToken);
        foreach (var disposition in answer.Dispositions)
        {
            Add(disposition);
        }

        Faults.AddRange(
            from refused in answer.Faults
            from fault in refused.Faults
            select new RowFault(sent[refused.Position].Line, columnOf(fault.Field), fault.Code, fault.Message));
    }

    private void Add(TDisposition disposition) => _counts[disposition] = Count(disposition) + 1;
}

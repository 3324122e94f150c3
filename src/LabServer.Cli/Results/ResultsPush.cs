using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Cli.Files;

namespace LabServer.Cli.Results;

/// <summary>Pushes the rows of files and keeps account of each.</summary>
/// <param name="study">STUDYID.</param>
/// <param name="laboratory">The laboratory that sends.</param>
/// <param name="batchSize">Rows of one batch.</param>
/// <param name="refused">Told of every row that is held or rejected. Never called twice at the same time.</param>
internal sealed class ResultsPush(string study, string laboratory, int batchSize, Action<RefusedRow> refused)
{
    private readonly Lock _gate = new();

    /// <summary>What became of the rows.</summary>
    public PushCounts Counts { get; } = new();

    /// <summary>How many rows have a reason, by its code.</summary>
    public SortedDictionary<string, long> Reasons { get; } = new(StringComparer.Ordinal);

    /// <summary>The rows of <paramref name="files"/> as batches, read as they are asked for.</summary>
#pragma warning disable CS1998 // Files are read in step with the push; there is nothing to wait for besides.
    public async IAsyncEnumerable<ResultBatch> Batches(IEnumerable<(CsvFile File, ResultFileReader Reader)> files)
#pragma warning restore CS1998
    {
        foreach (var (file, reader) in files)
        {
            foreach (var rows in Readable(file, reader).Chunk(batchSize))
            {
                yield return new ResultBatch(study, laboratory, [.. rows.Select(row => row.Result!)]) { Tag = new SentRows(file, rows) };
            }
        }
    }

    /// <summary>Takes the account of a batch.</summary>
    public void Acknowledged(ResultBatch batch, BatchOutcome outcome)
    {
        var sent = (SentRows)batch.Tag!;
        var details = outcome.Details.ToDictionary(detail => detail.Position);
        for (var position = 0; position < sent.Rows.Length; position++)
        {
            var disposition = outcome.Dispositions[position];
            var detail = details.GetValueOrDefault(position);
            var faults = detail is null ? [] : detail.HoldReasons.Select(RefusedRow.Hold).Concat(detail.Faults).ToList();
            Account(sent.File, sent.Rows[position], disposition, detail?.OnFile ?? Disposition.Unspecified, faults);
        }
    }

    private IEnumerable<ResultRow> Readable(CsvFile file, ResultFileReader reader)
    {
        foreach (var row in reader.Read())
        {
            if (row.Faults.Count == 0)
            {
                yield return row;
            }
            else
            {
                Account(file, row, Disposition.Rejected, Disposition.Unspecified, row.Faults);
            }
        }
    }

    private void Account(CsvFile file, ResultRow row, Disposition disposition, Disposition onFile, IReadOnlyList<Fault> faults)
    {
        // Rows that cannot be read are found by the reading side while acknowledgements come in on the other.
        lock (_gate)
        {
            Counts.Add(disposition, onFile);
            if (disposition is Disposition.Held or Disposition.Rejected || onFile is Disposition.Held or Disposition.Rejected)
            {
                foreach (var fault in faults)
                {
                    Reasons[fault.Code] = Reasons.GetValueOrDefault(fault.Code) + 1;
                }

                refused(new RefusedRow(file, row.Row, disposition, faults));
            }
        }
    }

    private sealed record SentRows(CsvFile File, ResultRow[] Rows);
}

using System.Data.Common;
using System.Diagnostics.Metrics;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>Counts what the writer does: once a transaction or a batch, never once a result.</summary>
internal sealed class StorageMetrics(Meter meter)
{
    private static readonly string[] Dispositions = [.. Enum.GetNames<Disposition>().Select(name => name.ToLowerInvariant())];

    private readonly Histogram<double> _duration = meter.CreateHistogram(
        "labserver.storage.commit.duration", "s", "How long a transaction took, from its begin until it was on the disk.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    private readonly Histogram<long> _rows = meter.CreateHistogram(
        "labserver.storage.commit.rows", "{row}", "About how many rows a transaction wrote.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 10, 100, 500, 1_000, 2_500, 5_000, 10_000, 20_000] });

    private readonly Histogram<long> _works = meter.CreateHistogram(
        "labserver.storage.commit.works", "{work}", "How many batches and other pieces of work shared a transaction.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    private readonly Counter<long> _failures = meter.CreateCounter<long>(
        "labserver.storage.commit.failures", "{transaction}", "Transactions that were rolled back; the cause is database (disk, lock) or work.");

    private readonly Counter<long> _batches = meter.CreateCounter<long>(
        "labserver.ingestion.batches", "{batch}", "Batches of results whose transaction is on the disk.");

    private readonly Counter<long> _results = meter.CreateCounter<long>(
        "labserver.ingestion.results", "{result}", "Results taken, by what became of them.");

    /// <summary>A transaction is on the disk.</summary>
    public void Committed(TimeSpan duration, int rows, int works)
    {
        _duration.Record(duration.TotalSeconds);
        _rows.Record(rows);
        _works.Record(works);
    }

    /// <summary>A transaction was rolled back.</summary>
    public void Failed(Exception exception) =>
        _failures.Add(1, new KeyValuePair<string, object?>("cause", exception is DbException ? "database" : "work"));

    /// <summary>A batch is on the disk.</summary>
    public void Taken(ResultOutcome[] outcomes)
    {
        _batches.Add(1);
        Span<int> counts = stackalloc int[Dispositions.Length];
        foreach (var outcome in outcomes)
        {
            counts[(int)outcome.Disposition]++;
        }

        for (var disposition = 0; disposition < counts.Length; disposition++)
        {
            if (counts[disposition] > 0)
            {
                _results.Add(counts[disposition], new KeyValuePair<string, object?>("disposition", Dispositions[disposition]));
            }
        }
    }
}

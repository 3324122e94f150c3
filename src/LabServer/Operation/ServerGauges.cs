using System.Data.Common;
using System.Diagnostics.Metrics;
using LabServer.Core.Storage;
using LabServer.Hosting;

namespace LabServer.Operation;

/// <summary>What is looked up when somebody reads the metrics: sizes, and what waits.</summary>
internal sealed class ServerGauges : IHostedService
{
    public ServerGauges(Meter meter, Database database, SeriesStore series, DataFolder folder)
    {
        meter.CreateObservableGauge(
            "labserver.storage.database.size", () => Value(() => database.Dialect.SizeBytes() - database.Dialect.LogBytes()), "By", "Size of the database file.");
        meter.CreateObservableGauge(
            "labserver.storage.log.size", () => Value(database.Dialect.LogBytes), "By", "Size of the database's write-ahead log.");
        meter.CreateObservableGauge(
            "labserver.storage.disk.free", () => Value(() => folder.FreeBytes), "By", "Free space in the data folder.");
        meter.CreateObservableGauge(
            "labserver.storage.waiting", () => database.Writer.Waiting, "{work}", "Batches and other pieces of work that wait for a transaction.");
        meter.CreateObservableGauge(
            "labserver.grading.pending_series", () => Value(() => series.CountPending().Series), "{series}", "Series that wait for grading.");
        meter.CreateObservableGauge(
            "labserver.grading.pending_results", () => Value(() => series.CountPending().Results), "{result}", "Results that are not in a series yet.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A gauge that cannot be read now is left out; the rest is told all the same.
    private static IEnumerable<Measurement<long>> Value(Func<long> read)
    {
        try
        {
            return [new Measurement<long>(read())];
        }
        catch (Exception exception) when (exception is DbException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return [];
        }
    }
}

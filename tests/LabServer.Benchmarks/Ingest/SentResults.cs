using System.Diagnostics;
using LabServer.Api.V1;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Ingest;

/// <summary>Results sent over four streams, and what it took the server; each must become what is expected of it.</summary>
internal static class SentResults
{
    /// <summary>Streams that send at once.</summary>
    public const int Streams = 4;

    /// <summary>Makes the messages, then sends them.</summary>
    /// <param name="server">The server.</param>
    /// <param name="study">Whose results.</param>
    /// <param name="ids">What is put before each id, so that it is new.</param>
    /// <param name="expected">What is to become of each.</param>
    /// <param name="change">What is done to each before.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<Pace> Send(
        MeasuredServer server, SyntheticStudy study, string ids, Disposition expected, Action<LabResult> change, CancellationToken cancellation)
    {
        var results = await EncodedResults.Of(study, Streams, result =>
        {
            result.SourceResultId = ids + result.SourceResultId;
            change(result);
        });
        return await Measure(server, results, expected, cancellation);
    }

    /// <summary>Sends what is made already.</summary>
    public static async Task<Pace> Measure(MeasuredServer server, EncodedResults results, Disposition expected, CancellationToken cancellation)
    {
        var allocated = await ServerMetrics.Allocated(server, cancellation);
        var processor = server.ProcessorTime;
        var began = Stopwatch.GetTimestamp();
        var outcome = await results.Send(server, cancellation);
        var taken = Stopwatch.GetElapsedTime(began);
        var used = server.ProcessorTime - processor;
        if (outcome.GetValueOrDefault(expected) != results.Count)
        {
            throw new InvalidOperationException(
                $"{results.Count} should be {expected}, but: {string.Join(", ", outcome.Select(row => $"{row.Value} {row.Key}"))}");
        }

        return new Pace(results.Count, taken, used, await ServerMetrics.Allocated(server, cancellation) - allocated);
    }

    /// <summary>What was measured beside its baseline.</summary>
    public static IEnumerable<Figure> Beside(Pace baseline, Pace measured, string name, double aim)
    {
        yield return new(
            name, measured.RowsASecond, baseline.RowsASecond, FormattableString.Invariant($"ratio at least {aim}"),
            measured.RowsASecond / baseline.RowsASecond >= aim, "rows/s", measured.Rows);
        yield return new(
            $"{name}, processor time of the server", measured.MicrosecondsARow, baseline.MicrosecondsARow, null, true, "us/row", measured.Rows);
        yield return new($"{name}, allocated by the server", measured.BytesARow, null, null, true, "bytes/row", measured.Rows);
    }
}

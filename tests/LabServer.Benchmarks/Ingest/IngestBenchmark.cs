using System.Diagnostics;
using LabServer.Api.V1;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Ingest;

/// <summary>
/// Results over loopback gRPC, four streams, batches of 500, each acknowledged after its commit is on the disk, against one
/// thread that writes the same rows into a minimal table: new ones, the same again, and ones that are held or rejected.
/// </summary>
internal static class IngestBenchmark
{
    private const string RuleSet = "ctcae-5.0";
    private const int Subjects = 1_000;
    private const int Visits = 26;
    private const int Streams = 4;
    private const double RatioAim = 0.5;
    private const double MemoryAim = 300;

    /// <summary>Measures.</summary>
    /// <param name="quick">A tenth of the subjects.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Figure>> Run(bool quick, CancellationToken cancellation)
    {
        var study = new SyntheticStudy(quick ? Subjects / 10 : Subjects, Visits);
        double insert, repeat;
        using (var minimal = new MinimalTable())
        {
            insert = RowsASecond(study.Results, await minimal.Add(study.AllResults(), mayBeThere: false));
            repeat = RowsASecond(study.Results, await minimal.Add(study.AllResults(), mayBeThere: true));
        }

        var figures = new List<Figure>();
        await using (var server = await MeasuredServer.Start(null, cancellation))
        {
            await LoadedStudy.Register(server, study, RuleSet, cancellation);
            var results = await EncodedResults.Of(study, Streams);
            figures.AddRange(await Measure(server, results, "ingest", Disposition.Accepted, insert, RatioAim, cancellation));
            figures.AddRange(await Measure(server, results, "re-send", Disposition.Duplicate, repeat, RatioAim, cancellation));
        }

        // A study of a tenth of the rows, on a server of their own, each against good ones of the same size.
        var small = new SyntheticStudy(study.Subjects / 10, Visits);
        var good = await Small(small, "good, small", Disposition.Accepted, null, insert, cancellation);
        figures.Add(good);
        figures.Add(await Small(small, "held: unknown test", Disposition.Held, result => result.TestCode = "NO-SUCH-TEST", good.Value, cancellation));
        figures.Add(await Small(small, "rejected: malformed date", Disposition.Rejected, result => result.CollectedAt = "never", good.Value, cancellation));
        return figures;
    }

    private static async Task<Figure> Small(
        SyntheticStudy study, string name, Disposition expected, Action<LabResult>? change, double baseline, CancellationToken cancellation)
    {
        await using var server = await MeasuredServer.Start(null, cancellation);
        await LoadedStudy.Register(server, study, RuleSet, cancellation);
        var results = await EncodedResults.Of(study, Streams, change);
        return (await Measure(server, results, name, expected, baseline, change is null ? null : 1, cancellation))[0];
    }

    private static async Task<IReadOnlyList<Figure>> Measure(
        MeasuredServer server, EncodedResults results, string name, Disposition expected, double baseline, double? aim, CancellationToken cancellation)
    {
        var processor = server.ProcessorTime;
        var began = Stopwatch.GetTimestamp();
        var outcome = await results.Send(server, cancellation);
        var taken = Stopwatch.GetElapsedTime(began);
        var used = server.ProcessorTime - processor;
        if (outcome.GetValueOrDefault(expected) != results.Count)
        {
            throw new InvalidOperationException(
                $"{name}: {results.Count} should be {expected}, but: {string.Join(", ", outcome.Select(row => $"{row.Value} {row.Key}"))}");
        }

        var speed = RowsASecond(results.Count, taken);
        var memory = server.PeakWorkingSet / 1e6;
        return
        [
            new(name, speed, baseline, aim is { } ratio ? FormattableString.Invariant($"ratio at least {ratio}") : null, speed / baseline >= (aim ?? 0), "rows/s", results.Count),
            new($"{name}, processor time of the server", used.TotalMicroseconds / results.Count, null, null, true, "us/row", results.Count),
            new($"{name}, most memory of the server", memory, null, "under 300 MB", memory < MemoryAim, "MB", results.Count),
        ];
    }

    private static double RowsASecond(long rows, TimeSpan taken) => rows / taken.TotalSeconds;
}

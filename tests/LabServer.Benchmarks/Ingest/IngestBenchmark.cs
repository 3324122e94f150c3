using LabServer.Api.V1;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Ingest;

/// <summary>
/// Results over loopback gRPC, four streams, batches of 500, each acknowledged after its commit is on the disk, against one
/// thread that writes the same rows into a minimal table: new ones and the same again, on a server that has compiled its code.
/// Then, on the same server, fewer that are held or rejected against as many good ones.
/// </summary>
internal static class IngestBenchmark
{
    private const string RuleSet = "ctcae-5.0";
    private const int Subjects = 1_000;
    private const int Visits = 26;
    private const double RatioAim = 0.5;
    private const double MemoryAim = 300;

    /// <summary>Measures.</summary>
    /// <param name="quick">A tenth of the subjects.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Figure>> Run(bool quick, CancellationToken cancellation)
    {
        var study = new SyntheticStudy(quick ? Subjects / 10 : Subjects, Visits);
        var few = new SyntheticStudy(study.Subjects / 10, Visits);
        Pace insert, repeat;
        using (var minimal = new MinimalTable())
        {
            insert = await minimal.Add(study.AllResults(), mayBeThere: false);
            repeat = await minimal.Add(study.AllResults(), mayBeThere: true);
        }

        await using var server = await MeasuredServer.Start(null, cancellation);
        await LoadedStudy.Register(server, study, RuleSet, cancellation);
        var figures = new List<Figure>();
        figures.AddRange(Alone(await SentResults.Send(server, few, "first-", Disposition.Accepted, _ => { }, cancellation), "ingest, on a server just started"));
        var results = await EncodedResults.Of(study, SentResults.Streams);
        figures.AddRange(SentResults.Beside(insert, await SentResults.Measure(server, results, Disposition.Accepted, cancellation), "ingest", RatioAim));
        figures.AddRange(SentResults.Beside(repeat, await SentResults.Measure(server, results, Disposition.Duplicate, cancellation), "re-send", RatioAim));
        var memory = server.PeakWorkingSet / 1e6;
        figures.Add(new("most memory of the server", memory, null, "under 300 MB", memory < MemoryAim, "MB", results.Count));
        figures.AddRange(await BadInput(server, new SyntheticStudy(study.Subjects / 5, Visits), few, cancellation));
        return figures;
    }

    // All on a server that is warm, behind the same number of rows: each kind against good ones of the same size.
    private static async Task<IReadOnlyList<Figure>> BadInput(
        MeasuredServer server, SyntheticStudy study, SyntheticStudy few, CancellationToken cancellation)
    {
        await SentResults.Send(server, few, "few-", Disposition.Held, Hold, cancellation);
        await SentResults.Send(server, few, "few-", Disposition.Rejected, Malform, cancellation);
        await SentResults.Send(server, few, "first-", Disposition.Rejected, Contradict, cancellation);
        var good = await SentResults.Send(server, study, "good-", Disposition.Accepted, _ => { }, cancellation);
        var held = await SentResults.Send(server, study, "held-", Disposition.Held, Hold, cancellation);
        var malformed = await SentResults.Send(server, study, "rejected-", Disposition.Rejected, Malform, cancellation);
        var contradicting = await SentResults.Send(server, study, "good-", Disposition.Rejected, Contradict, cancellation);
        return
        [
            .. SentResults.Beside(good, held, "held: unknown test", 1),
            .. SentResults.Beside(good, malformed, "rejected: malformed date", 1),
            .. SentResults.Beside(good, contradicting, "rejected: other content", 1),
        ];

        static void Hold(LabResult result) => result.TestCode = "NO-SUCH-TEST";

        static void Malform(LabResult result) => result.CollectedAt = "never";

        static void Contradict(LabResult result) => result.Visit = "Another";
    }

    private static IEnumerable<Figure> Alone(Pace measured, string name)
    {
        yield return new(name, measured.RowsASecond, null, null, true, "rows/s", measured.Rows);
        yield return new($"{name}, processor time of the server", measured.MicrosecondsARow, null, null, true, "us/row", measured.Rows);
    }
}

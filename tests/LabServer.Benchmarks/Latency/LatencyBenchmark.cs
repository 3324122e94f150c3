using System.Diagnostics;
using System.Globalization;
using LabServer.Api.V1;
using LabServer.Benchmarks.Ingest;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Latency;

/// <summary>
/// One result a request, each acknowledged after its commit is on the disk, with 1, 64 and 512 requests under way, against a
/// loop that inserts one row into a minimal table and commits it.
/// </summary>
internal static class LatencyBenchmark
{
    private const string RuleSet = "ctcae-5.0";
    private const string Laboratory = "central";
    private const int Subjects = 1_000;
    private const int Visits = 26;
    private const int RequestsOfOne = 2_000;
    private const int RequestsOfMany = 40_000;
    private const int WarmUp = 2_000;

    // Until both write into a log that is there: one that grows has to be made longer at every commit.
    private const int BatchesBefore = 200;

    // Turns of the two that are compared, so that what else the disk does meets both alike.
    private const int Turns = 20;

    // Over the loop, for the way there and back.
    private const double MillisecondsOver = 1;

    /// <summary>Measures.</summary>
    /// <param name="quick">A tenth of the requests.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Figure>> Run(bool quick, CancellationToken cancellation)
    {
        var share = quick ? 10 : 1;
        var study = new SyntheticStudy(Subjects, Visits);
        await using var server = await MeasuredServer.Start(null, cancellation);
        await LoadedStudy.Register(server, study, RuleSet, cancellation);
        await using var results = Results(study).GetAsyncEnumerator(cancellation);
        var client = new IngestionService.IngestionServiceClient(server.Channel);
        await Send(client, await Next(results, WarmUp), 64, cancellation);
        await Send(client, await Next(results, WarmUp), 1, cancellation);

        using var minimal = new MinimalTable();
        await minimal.Add(study.AllResults().Take(BatchesBefore), mayBeThere: false);
        var (loop, alone) = (new List<double>(), new List<double>());
        var (loopTime, aloneTime) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var turn = 0; turn < Turns; turn++)
        {
            var rows = await Next(results, RequestsOfOne / Turns / share);
            var times = minimal.AddOneByOne("one by one", rows);
            loop.AddRange(times);
            loopTime += TimeSpan.FromMilliseconds(times.Sum());
            var (one, taken) = await Send(client, rows, 1, cancellation);
            alone.AddRange(one);
            aloneTime += taken;
        }

        var (bare, single) = (Spread.Of(loop), Spread.Of(alone));
        var figures = new List<Figure>
        {
            new("latency, 1 in flight, p50", single.Median, bare.Median, "loop + 1 ms", single.Median <= bare.Median + MillisecondsOver, "ms", alone.Count),
            new("latency, 1 in flight, p99", single.P99, bare.P99, null, true, "ms", alone.Count),
        };
        var bareSpeed = loop.Count / loopTime.TotalSeconds;
        figures.Add(new("latency, 1 in flight", alone.Count / aloneTime.TotalSeconds, bareSpeed, null, true, "rows/s", alone.Count));
        foreach (var inFlight in (int[])[64, 512])
        {
            var (times, taken) = await Send(client, await Next(results, RequestsOfMany / share), inFlight, cancellation);
            var spread = Spread.Of(times);
            var name = string.Create(CultureInfo.InvariantCulture, $"latency, {inFlight} in flight");
            var speed = times.Count / taken.TotalSeconds;
            figures.Add(new($"{name}, p50", spread.Median, bare.Median, null, true, "ms", times.Count));
            figures.Add(new($"{name}, p99", spread.P99, bare.P99, null, true, "ms", times.Count));
            figures.Add(new(name, speed, bareSpeed, "more than the loop", speed > bareSpeed, "rows/s", times.Count));
        }

        return figures;
    }

    private static async IAsyncEnumerable<LabResult> Results(SyntheticStudy study)
    {
        await foreach (var batch in study.AllResults())
        {
            foreach (var result in batch.Results)
            {
                yield return result;
            }
        }
    }

    private static async Task<List<LabResult>> Next(IAsyncEnumerator<LabResult> results, int count)
    {
        var next = new List<LabResult>(count);
        while (next.Count < count && await results.MoveNextAsync())
        {
            next.Add(results.Current);
        }

        return next.Count == count ? next : throw new InvalidOperationException("The study has too few results.");
    }

    // As many senders as requests under way, each with its share of the results, the next only after the answer.
    private static async Task<(IReadOnlyList<double> Milliseconds, TimeSpan Taken)> Send(
        IngestionService.IngestionServiceClient client, List<LabResult> results, int inFlight, CancellationToken cancellation)
    {
        var requests = results.ConvertAll(result => new SubmitResultsRequest { StudyId = SyntheticStudy.StudyId, Laboratory = Laboratory, Results = { result } });
        var milliseconds = new double[requests.Count];
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(sender => Task.Run(
            async () =>
            {
                for (var i = sender; i < requests.Count; i += inFlight)
                {
                    var sent = Stopwatch.GetTimestamp();
                    var answer = await client.SubmitResultsAsync(requests[i], cancellationToken: cancellation);
                    milliseconds[i] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                    if (answer.Outcome.Dispositions is not [Disposition.Accepted])
                    {
                        throw new InvalidOperationException($"A result was not accepted: {answer.Outcome}");
                    }
                }
            },
            cancellation)));
        return (milliseconds, Stopwatch.GetElapsedTime(began));
    }
}

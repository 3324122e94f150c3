using System.Diagnostics;
using System.Globalization;
using LabServer.Api.V1;
using LabServer.Benchmarks.Ingest;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Scale;

/// <summary>
/// What one more result costs as a server fills with studies of 1,000,000 results each: taking it, grading a series that it
/// joins, and the table of adverse events of one study; against the same with one study on file.
/// </summary>
internal static class ScaleBenchmark
{
    private const string RuleSet = "ctcae-5.0";
    private const int Subjects = 1_000;
    private const int Visits = 26;
    private const int Streams = 4;
    private const int Rounds = 3;
    private const int Calls = 100;
    private const double IngestAim = 1.3;
    private const double GradingAim = 1.2;
    private const double IncidenceAim = 1.5;

    /// <summary>Fills and measures.</summary>
    /// <param name="sizes">Studies on file at which it is measured, rising; the first is the baseline.</param>
    /// <param name="quick">A tenth of the subjects of each study.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Figure>> Run(IReadOnlyList<int> sizes, bool quick, CancellationToken cancellation)
    {
        await using var server = await MeasuredServer.Start(null, cancellation);
        var figures = new List<Figure>();
        (double Ingest, double Grading, double Incidence)? first = null;
        var (stored, extra) = (0, 0);
        foreach (var size in sizes)
        {
            SyntheticStudy study;
            do
            {
                stored++;
                study = new SyntheticStudy(quick ? Subjects / 10 : Subjects, Visits) { Id = Name("STUDY", stored) };
                var (loaded, graded) = await Load(server, study, cancellation);
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{study.Id}: {study.Results:N0} results in {loaded:0.0} s, graded in {graded:0.0} s"));
            }
            while (stored < size);

            // Ingestion first: what grading leaves behind in memory and in the log is not its.
            var ingest = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                var more = new SyntheticStudy(study.Subjects / 10, Visits) { Id = Name("MORE", ++extra) };
                ingest.Add((await Load(server, more, cancellation)).Ingest / more.Results * 1e6);
            }

            var taken = Spread.Of(ingest).Median;
            var grading = await GradeOneMore(server, study, cancellation);
            var incidence = Spread.Of(await Spread.Times(() => Incidence(server, study.Id, cancellation), Calls)).Median;
            var baseline = first ??= (taken, grading, incidence);
            var name = string.Create(CultureInfo.InvariantCulture, $"at {stored} studies of {study.Results:N0}");
            figures.Add(Of($"ingest, a result, {name}", taken, baseline.Ingest, IngestAim, "us", stored * study.Results));
            figures.Add(Of($"grading of one new result, a series, {name}", grading, baseline.Grading, GradingAim, "us", stored * study.Results));
            figures.Add(Of($"adverse events of one study, {name}", incidence, baseline.Incidence, IncidenceAim, "ms", stored * study.Results));
        }

        return figures;
    }

    private static Figure Of(string name, double value, double baseline, double aim, string unit, long stored) => new(
        name, value, baseline, string.Create(CultureInfo.InvariantCulture, $"ratio at most {aim}"), value / baseline <= aim, unit, stored);

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");

    private static async Task<(double Ingest, double Grading)> Load(MeasuredServer server, SyntheticStudy study, CancellationToken cancellation)
    {
        await LoadedStudy.Register(server, study, RuleSet, cancellation);
        var ingest = await Push(server, await EncodedResults.Of(study.AllResults(), Streams), cancellation);
        return (ingest, await Grade(server, study, cancellation));
    }

    // Microseconds a series: one more visit of every subject is one new result of every series.
    private static async Task<double> GradeOneMore(MeasuredServer server, SyntheticStudy study, CancellationToken cancellation)
    {
        var visit = await EncodedResults.Of(study.OneMoreVisit(), Streams);
        await Push(server, visit, cancellation);
        return await Grade(server, study, cancellation) * 1e6 / visit.Count;
    }

    private static async Task<double> Push(MeasuredServer server, EncodedResults results, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var accepted = (await results.Send(server, cancellation)).GetValueOrDefault(Disposition.Accepted);
        var taken = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return accepted == results.Count ? taken : throw new InvalidOperationException($"Only {accepted} of {results.Count} results were accepted.");
    }

    private static async Task<double> Grade(MeasuredServer server, SyntheticStudy study, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        await LoadedStudy.Grade(server, study.Id, cancellation);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task Incidence(MeasuredServer server, string studyId, CancellationToken cancellation) =>
        await new SummariesService.SummariesServiceClient(server.Channel).SummarizeAdverseEventsAsync(
            new SummarizeAdverseEventsRequest { StudyId = studyId, RuleSetId = RuleSet }, cancellationToken: cancellation);
}

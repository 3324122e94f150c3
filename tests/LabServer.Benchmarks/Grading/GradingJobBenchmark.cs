using System.Diagnostics;
using LabServer.Api.V1;
using LabServer.Benchmarks.Ingest;
using LabServer.Benchmarks.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Benchmarks.Grading;

/// <summary>
/// The grading job of the server over a study of which everything is pending, taking up and writing included, against reading
/// the same rows and writing as many grade rows.
/// </summary>
internal static class GradingJobBenchmark
{
    private const string RuleSet = "ctcae-5.0";
    private const int Subjects = 1_000;
    private const int Visits = 26;
    private const int Streams = 4;
    private const double RatioAim = 0.6;

    /// <summary>Loads and measures.</summary>
    /// <param name="quick">A tenth of the subjects.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Figure>> Run(bool quick, CancellationToken cancellation)
    {
        var study = new SyntheticStudy(quick ? Subjects / 10 : Subjects, Visits);
        await using var server = await MeasuredServer.Start(null, cancellation);
        await LoadedStudy.Register(server, study, RuleSet, cancellation);
        var results = await EncodedResults.Of(study, Streams);
        var accepted = (await results.Send(server, cancellation)).GetValueOrDefault(Disposition.Accepted);
        if (accepted != study.Results)
        {
            throw new InvalidOperationException($"Only {accepted} of {study.Results} results were accepted.");
        }

        var processor = server.ProcessorTime;
        var began = Stopwatch.GetTimestamp();
        await LoadedStudy.Grade(server, study.Id, cancellation);
        var taken = Stopwatch.GetElapsedTime(began);
        var used = server.ProcessorTime - processor;

        var file = Path.Combine(server.Folder, "labserver.db");
        var before = Environment.CpuUsage.TotalTime;
        var (baseline, written) = MinimalGrades.Run(file);
        var baselineUsed = Environment.CpuUsage.TotalTime - before;
        var (grades, events) = await Counts(file, cancellation);
        if (grades != written)
        {
            throw new InvalidOperationException($"The job has written {grades} grades, the baseline {written}.");
        }

        var (speed, plain) = (study.Results / taken.TotalSeconds, study.Results / baseline.TotalSeconds);
        return
        [
            new("grading job", speed, plain, "ratio at least 0.6", speed / plain >= RatioAim, "rows/s", study.Results),
            new("grading job, processor time of the server", used.TotalMicroseconds / study.Results, baselineUsed.TotalMicroseconds / study.Results, null, true, "us/row", study.Results),
            new("grading job, grades", grades, null, null, true, "rows", study.Results),
            new("grading job, events", events, null, null, true, "rows", study.Results),
            new("grading job, most memory of the server", server.PeakWorkingSet / 1e6, null, null, true, "MB", study.Results),
        ];
    }

    private static async Task<(long Grades, long Events)> Counts(string file, CancellationToken cancellation)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly }.ToString());
        await connection.OpenAsync(cancellation);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT COUNT(*) FROM grade), (SELECT COUNT(*) FROM adverse_event)";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}

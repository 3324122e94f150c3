using System.Diagnostics;
using System.Globalization;
using System.Text;
using LabServer.Benchmarks.Grading;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks.Evaluate;

/// <summary><c>labctl grading evaluate</c> on a file, against reading and writing that file with the same library; each a process of its own.</summary>
internal static class EvaluateBenchmark
{
    /// <summary>The command of this program that is the baseline.</summary>
    public const string CopyCommand = "copy-csv";

    private const int Rows = 1_000_000;
    private const int Rounds = 3;
    private const double RatioAim = 0.5;

    /// <summary>Measures, in turns; the middle one of the rounds counts.</summary>
    /// <param name="quick">A tenth of the rows.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<Figure>> Run(bool quick, CancellationToken cancellation)
    {
        var rows = quick ? Rows / 10 : Rows;
        var folder = Directory.CreateTempSubdirectory("labserver-evaluate-");
        try
        {
            var (source, answers, copy) = (Path.Combine(folder.FullName, "rows.csv"), Path.Combine(folder.FullName, "grades.csv"), Path.Combine(folder.FullName, "copy.csv"));
            await WriteRows(source, rows, cancellation);
            var (own, other) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                own.Add(await Seconds(["labctl.dll", "grading", "evaluate", source, "--rule-set", "ctcae-5.0", "--out", answers], cancellation));
                other.Add(await Seconds(["LabServer.Benchmarks.dll", CopyCommand, source, copy], cancellation));
            }

            await CheckLines(answers, rows, cancellation);
            await CheckLines(copy, rows, cancellation);
            var (speed, baseline) = (rows / Spread.Of(own).Median, rows / Spread.Of(other).Median);
            return [new("evaluate a CSV", speed, baseline, "ratio at least 0.5", speed / baseline >= RatioAim, "rows/s", rows)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task WriteRows(string path, int count, CancellationToken cancellation)
    {
        var rows = new KernelRows(count);
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16);
        await file.WriteAsync("id,term,value,unit,lln,uln,baseline,baseline_lln,baseline_uln,sex,birth_date,collected_on\n".AsMemory(), cancellation);
        for (var i = 0; i < count; i++)
        {
            var (term, code) = KernelRows.Terms[rows.Term[i]];
            var (lower, upper, baseline) = (Text(rows.Lower[i]), Text(rows.Upper[i]), Text(rows.Baseline[i]));
            var unit = MeasuredTest.All.Single(test => test.Code == code).Unit;
            await file.WriteAsync(
                string.Create(CultureInfo.InvariantCulture, $"{i},{term},{rows.Value[i]},{unit},{lower},{upper},{baseline},{lower},{upper},F,1968-05-17,2022-03-14\n")
                    .AsMemory(),
                cancellation);
        }
    }

    private static string Text(double number) => double.IsNaN(number) ? "" : number.ToString(CultureInfo.InvariantCulture);

    // One line a row and the header.
    private static async Task CheckLines(string path, int rows, CancellationToken cancellation)
    {
        var lines = 0;
        await foreach (var _ in File.ReadLinesAsync(path, cancellation))
        {
            lines++;
        }

        if (lines != rows + 1)
        {
            throw new InvalidOperationException($"{path} has {lines} lines for {rows} rows.");
        }
    }

    private static async Task<double> Seconds(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, command[0]), .. command.Skip(1)])
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
        var said = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(began).TotalSeconds
            : throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}: {said}");
    }
}

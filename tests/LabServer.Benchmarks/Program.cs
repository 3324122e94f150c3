using System.CommandLine;
using LabServer.Benchmarks.Evaluate;
using LabServer.Benchmarks.Grading;
using LabServer.Benchmarks.Ingest;
using LabServer.Benchmarks.Latency;
using LabServer.Benchmarks.Scale;
using LabServer.Benchmarks.Summary;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks;

/// <summary>The table of contents: one command a benchmark; without a command, all of them.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var quick = new Option<bool>("--quick") { Description = "A tenth of the size: to see that it works, not to quote.", Recursive = true };
        var json = new Option<FileInfo?>("--json") { Description = "Also writes the figures to this file, one JSON object a line.", HelpName = "FILE", Recursive = true };
        var data = new Option<DirectoryInfo?>("--data") { Description = "summary: keeps the loaded study in this folder, and uses the one that is there.", HelpName = "FOLDER", Recursive = true };
        var only = new Option<string>("--only") { Description = "summary: only tables whose name has this text; grading: kernel or job.", HelpName = "TEXT", Recursive = true, DefaultValueFactory = _ => "" };
        var studies = new Option<int[]>("--studies") { Description = "scale: at how many studies of 1,000,000 results it is measured, the first being the baseline.", HelpName = "N", AllowMultipleArgumentsPerToken = true, Recursive = true, DefaultValueFactory = _ => [1, 5, 20] };
        var root = new RootCommand("What LabServer takes, each figure beside a plain way of doing the same on the same rows. Without a command: everything.") { quick, json, data, only, studies };
        (string Name, string Description, Func<ParseResult, CancellationToken, Task<IReadOnlyList<Figure>>> Measure)[] benchmarks =
        [
            ("ingest", "1,000,000 results over gRPC, new and sent again, against a minimal table.",
                (parsed, cancellation) => IngestBenchmark.Run(parsed.GetValue(quick), cancellation)),
            ("readers", "Ingestion beside watches and exports that nobody reads, against ingestion alone.",
                (parsed, cancellation) => ReadersBenchmark.Run(parsed.GetValue(quick), cancellation)),
            ("latency", "One result a request, 1, 64 and 512 under way, against inserting and committing one row.",
                (parsed, cancellation) => LatencyBenchmark.Run(parsed.GetValue(quick), cancellation)),
            ("grading", "10 terms over 10,000,000 rows in memory against a switch; the job over 1,000,000 results against reading and writing alone.",
                (parsed, cancellation) => Grade(parsed.GetValue(quick), parsed.GetValue(only)!, cancellation)),
            ("evaluate", "grading evaluate on 1,000,000 rows of CSV, against reading and writing them.",
                (parsed, cancellation) => EvaluateBenchmark.Run(parsed.GetValue(quick), cancellation)),
            ("summary", "Tables over 1,000 subjects and 1,000,000 results, against the SQL for that one table.",
                (parsed, cancellation) => SummaryBenchmark.Run(parsed.GetValue(quick), parsed.GetValue(data), parsed.GetValue(only)!, cancellation)),
            ("scale", "Ingestion, grading and incidence with 1, 5 and 20 studies of 1,000,000 results on file.",
                (parsed, cancellation) => ScaleBenchmark.Run(parsed.GetValue(studies)!, parsed.GetValue(quick), cancellation)),
        ];
        foreach (var (name, description, measure) in benchmarks)
        {
            var command = new Command(name, description);
            command.SetAction((parsed, cancellation) => Show(parsed, [measure], cancellation));
            root.Add(command);
        }

        root.SetAction((parsed, cancellation) => Show(parsed, [.. benchmarks.Select(benchmark => benchmark.Measure)], cancellation));
        root.Add(CopyCommand());
        return await root.Parse(args).InvokeAsync();

        async Task Show(
            ParseResult parsed, IReadOnlyList<Func<ParseResult, CancellationToken, Task<IReadOnlyList<Figure>>>> measures, CancellationToken cancellation)
        {
            var figures = new List<Figure>();
            foreach (var measure in measures)
            {
                figures.AddRange(await measure(parsed, cancellation));
            }

            await FigureTable.Write(Console.Out, figures, cancellation);
            if (parsed.GetValue(json) is { } file)
            {
                await FigureJson.Write(file.FullName, figures, cancellation);
            }
        }
    }

    private static async Task<IReadOnlyList<Figure>> Grade(bool quick, string only, CancellationToken cancellation) =>
    [
        .. "kernel".Contains(only, StringComparison.Ordinal) ? KernelBenchmark.Run(quick) : [],
        .. "job".Contains(only, StringComparison.Ordinal) ? await GradingJobBenchmark.Run(quick, cancellation) : [],
    ];

    // A process of its own, as the command that it is compared with is one.
    private static Command CopyCommand()
    {
        var source = new Argument<string>("SOURCE");
        var target = new Argument<string>("TARGET");
        var command = new Command(EvaluateBenchmark.CopyCommand, "The baseline of evaluate.") { source, target };
        command.Hidden = true;
        command.SetAction(parsed => CsvCopy.Run(parsed.GetRequiredValue(source), parsed.GetRequiredValue(target)));
        return command;
    }
}

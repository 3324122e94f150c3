using System.CommandLine;
using LabServer.Benchmarks.Grading;
using LabServer.Benchmarks.Ingest;
using LabServer.Benchmarks.Summary;
using LabServer.Benchmarks.Support;

namespace LabServer.Benchmarks;

/// <summary>The table of contents: one command a benchmark.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var quick = new Option<bool>("--quick") { Description = "A tenth of the size: to see that it works, not to quote.", Recursive = true };
        var json = new Option<FileInfo?>("--json") { Description = "Also writes the figures to this file, one JSON object a line.", HelpName = "FILE", Recursive = true };
        var data = new Option<DirectoryInfo?>("--data") { Description = "Keeps the loaded study in this folder, and uses the one that is there.", HelpName = "FOLDER", Recursive = true };
        var only = new Option<string>("--only") { Description = "Only tables whose name has this text.", HelpName = "TEXT", Recursive = true, DefaultValueFactory = _ => "" };
        var root = new RootCommand("What LabServer takes, each figure beside a plain way of doing the same on the same rows.") { quick, json, data, only };
        var summary = new Command("summary", "Tables over 1,000 subjects and 1,000,000 results, against the SQL for that one table.");
        summary.SetAction((parsed, cancellation) => Show(
            parsed, SummaryBenchmark.Run(parsed.GetValue(quick), parsed.GetValue(data), parsed.GetValue(only)!, cancellation), cancellation));
        root.Add(summary);
        var ingest = new Command("ingest", "1,000,000 results over gRPC, new and sent again, against a minimal table.");
        ingest.SetAction((parsed, cancellation) => Show(parsed, IngestBenchmark.Run(parsed.GetValue(quick), cancellation), cancellation));
        root.Add(ingest);
        var grading = new Command("grading", "10 terms over 10,000,000 rows in memory against a switch; the job over 1,000,000 results against reading and writing alone.");
        grading.SetAction((parsed, cancellation) => Show(parsed, Grade(parsed.GetValue(quick), parsed.GetValue(only)!, cancellation), cancellation));
        root.Add(grading);
        return await root.Parse(args).InvokeAsync();

        static async Task<IReadOnlyList<Figure>> Grade(bool quick, string only, CancellationToken cancellation) =>
        [
            .. "kernel".Contains(only, StringComparison.Ordinal) ? KernelBenchmark.Run(quick) : [],
            .. "job".Contains(only, StringComparison.Ordinal) ? await GradingJobBenchmark.Run(quick, cancellation) : [],
        ];

        async Task Show(ParseResult parsed, Task<IReadOnlyList<Figure>> measuring, CancellationToken cancellation)
        {
            var figures = await measuring;
            await FigureTable.Write(Console.Out, figures, cancellation);
            if (parsed.GetValue(json) is { } file)
            {
                await FigureJson.Write(file.FullName, figures, cancellation);
            }
        }
    }
}

using System.CommandLine;
using System.IO.Compression;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Cli.Files;
using LabServer.Cli.Output;

namespace LabServer.Cli.Export;

/// <summary><c>labctl export lb|ae|adlb|adae</c>.</summary>
internal sealed class ExportCommand : Command
{
    private ExportCommand(Shell shell, string name, string description, Dataset dataset, bool needsRuleSet) : base(name, description)
    {
        var ruleSet = new Option<string>("--rule-set")
        {
            Description = needsRuleSet ? "Rule set of the grades." : "Rule set of the columns LBTOX and LBTOXGR, which are left out without one.",
            HelpName = "R",
            Required = needsRuleSet,
        };
        var path = new Option<string>("--out") { Description = "File to write; a name that ends in .gz is compressed.", HelpName = "FILE", Required = true };
        var format = new Option<string>("--format")
        {
            Description = "Default: by the name of the file, .json and .ndjson are Dataset-JSON (.ndjson: a line each row), all others CSV.",
            HelpName = "csv|dataset-json|dataset-ndjson",
        };
        format.AcceptOnlyFromAmong(ExportFormat.Names);
        Add(shell.Study);
        Add(ruleSet);
        Add(path);
        Add(format);
        Add(shell.Reason);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var file = parsed.GetRequiredValue(path);
            var request = new ExportDatasetRequest
            {
                StudyId = parsed.GetRequiredValue(shell.Study),
                RuleSetId = parsed.GetValue(ruleSet) ?? "",
                Dataset = dataset,
                Format = ExportFormat.Of(parsed.GetValue(format), file),
                Reason = shell.ReasonOf(parsed),
            };
            var rows = await shell.Terminal.WithProgress("export", report => Receive(server, request, file, report, cancellationToken));
            await shell.Terminal.Error.WriteLineAsync($"{Cell.Text(rows)} rows written to {file}");
            return ExitCode.Done;
        });
    }

    /// <summary>One command a dataset.</summary>
    public static IEnumerable<Command> All(Shell shell) =>
    [
        new ExportCommand(shell, "lb", "Writes SDTM LB: one row a result that a laboratory sent and that is in force.", Dataset.Lb, needsRuleSet: false),
        new ExportCommand(shell, "ae", "Writes SDTM AE: one row an adverse event, found by grading or reported.", Dataset.Ae, needsRuleSet: true),
        new ExportCommand(shell, "adlb", "Writes ADaM ADLB: one row a result, with baseline, change and grades.", Dataset.Adlb, needsRuleSet: true),
        new ExportCommand(shell, "adae", "Writes ADaM ADAE: one row an adverse event, with treatment and flags of occurrence.", Dataset.Adae, needsRuleSet: true),
    ];

    private static async Task<long> Receive(
        Connection server, ExportDatasetRequest request, string path, Action<double, string> report, CancellationToken cancellationToken)
    {
        using var file = NewFile.Beside(path);
        using var export = server.Summaries.ExportDataset(request, cancellationToken: cancellationToken);
        var rows = 0L;
        await using (var zip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file.Stream, CompressionLevel.Optimal, leaveOpen: true)
            : null)
        {
            var content = (Stream?)zip ?? file.Stream;
            await foreach (var part in export.ResponseStream.ReadAllAsync(cancellationToken))
            {
                await content.WriteAsync(part.Content.Memory, cancellationToken);
                rows = part.Rows;
                // An older server does not say how many rows there are.
                report(
                    part.TotalRows > 0 ? (double)rows / part.TotalRows : 0,
                    part.TotalRows > 0 ? $"{Cell.Text(rows)} of {Cell.Text(part.TotalRows)} rows" : $"{Cell.Text(rows)} rows");
            }
        }

        file.Keep();
        return rows;
    }
}

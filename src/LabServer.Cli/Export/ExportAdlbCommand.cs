using System.CommandLine;
using System.IO.Compression;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Cli.Files;
using LabServer.Cli.Output;

namespace LabServer.Cli.Export;

/// <summary><c>labctl export adlb</c>.</summary>
internal sealed class ExportAdlbCommand : Command
{
    public ExportAdlbCommand(Shell shell) : base("adlb", "Writes the ADaM dataset ADLB as CSV: one row a result, with baseline, change and grades.")
    {
        var ruleSet = new Option<string>("--rule-set") { Description = "Rule set of the grades.", HelpName = "R", Required = true };
        var path = new Option<string>("--out") { Description = "File to write; a name that ends in .gz is compressed.", HelpName = "FILE", Required = true };
        Add(shell.Study);
        Add(ruleSet);
        Add(path);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var request = new ExportDatasetRequest
            {
                StudyId = parsed.GetRequiredValue(shell.Study),
                RuleSetId = parsed.GetRequiredValue(ruleSet),
                Dataset = Dataset.Adlb,
            };
            var file = parsed.GetRequiredValue(path);
            var rows = await shell.Terminal.WithProgress(
                "export", report => Receive(server, request, file, rows => report(0, $"{Cell.Text(rows)} rows"), cancellationToken));
            await shell.Terminal.Error.WriteLineAsync($"{Cell.Text(rows)} rows written to {file}");
            return ExitCode.Done;
        });
    }

    private static async Task<long> Receive(
        Connection server, ExportDatasetRequest request, string path, Action<long> report, CancellationToken cancellationToken)
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
                report(rows);
            }
        }

        file.Keep();
        return rows;
    }
}

using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary><c>labctl summary adverse-events</c>.</summary>
internal sealed class SummarizeAdverseEventsCommand : Command
{
    public SummarizeAdverseEventsCommand(Shell shell)
        : base("adverse-events", "Subjects with adverse events by arm, term and worst grade; a subject counts once a term.")
    {
        var options = new IncidenceOptions();
        Add(shell.Study);
        foreach (var option in options.All)
        {
            Add(option);
        }

        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var study = parsed.GetRequiredValue(shell.Study);
            var request = options.Request(parsed, study);
            if (request.RuleSetIds.Count == 0)
            {
                request.RuleSetIds.Add(await PopulationOptions.FirstRuleSet(server, study, cancellationToken));
            }

            var summary = await server.Summaries.SummarizeAdverseEventsAsync(request, cancellationToken: cancellationToken);
            Write(shell, parsed.GetValue(shell.Format), request, summary, options.SingleGrades(parsed));
            await PendingNote.Write(shell.Terminal, summary.Pending);
            return ExitCode.Done;
        });
    }

    private static void Write(
        Shell shell, OutputFormat format, SummarizeAdverseEventsRequest request, SummarizeAdverseEventsResponse summary, bool singleGrades)
    {
        switch (format)
        {
            case OutputFormat.Json:
                shell.Terminal.Output.Write(IncidenceJson.Of(summary).ToJsonString(JsonText.Indented));
                shell.Terminal.Output.Write('\n');
                break;
            case OutputFormat.Csv:
                var writer = new CsvRowWriter<IncidenceRow>(IncidenceRow.Columns, shell.Terminal.Output);
                foreach (var row in IncidenceRow.Of(request, summary))
                {
                    writer.Write(row);
                }

                IncidenceNotes.WriteLeftOut(shell.Terminal.Error, summary);
                break;
            default:
                IncidenceTable.Write(shell.Terminal, request, summary, singleGrades);
                break;
        }
    }
}

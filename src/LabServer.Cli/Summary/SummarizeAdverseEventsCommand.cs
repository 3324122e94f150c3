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
                request.RuleSetIds.Add(await FirstRuleSet(server, study, cancellationToken));
            }

            var summary = await server.Summaries.SummarizeAdverseEventsAsync(request, cancellationToken: cancellationToken);
            Write(shell, parsed.GetValue(shell.Format), request, summary, options.SingleGrades(parsed));
            if (summary.Pending > 0)
            {
                await shell.Terminal.Error.WriteLineAsync(
                    $"labctl: {Cell.Text(summary.Pending)} results or series still wait for grading and are not in the table; see labctl grading run.");
            }

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

    private static async Task<string> FirstRuleSet(Connection server, string study, CancellationToken cancellationToken)
    {
        var shown = await server.Studies.GetStudyAsync(new GetStudyRequest { StudyId = study }, cancellationToken: cancellationToken);
        return shown.Study.RuleSets.FirstOrDefault() ?? throw new CommandFailure($"The study {study} has no rule set.");
    }
}

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
        var ruleSet = new Option<string?>("--rule-set") { Description = "Rule set of the study. Default: its first.", HelpName = "R" };
        var laboratoryOnly = new Option<bool>("--laboratory-only") { Description = "Leaves out the events that people reported." };
        Add(shell.Study);
        Add(ruleSet);
        Add(laboratoryOnly);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var study = parsed.GetRequiredValue(shell.Study);
            var summary = await server.Summaries.SummarizeAdverseEventsAsync(
                new SummarizeAdverseEventsRequest
                {
                    StudyId = study,
                    RuleSetId = parsed.GetValue(ruleSet) ?? await FirstRuleSet(server, study, cancellationToken),
                    ExcludeReported = parsed.GetValue(laboratoryOnly),
                },
                cancellationToken: cancellationToken);
            Write(shell, parsed.GetValue(shell.Format), summary);
            if (summary.Pending > 0)
            {
                await shell.Terminal.Error.WriteLineAsync(
                    $"labctl: {Cell.Text(summary.Pending)} results or series still wait for grading and are not in the table; see labctl grading run.");
            }

            return ExitCode.Done;
        });
    }

    private static void Write(Shell shell, OutputFormat format, SummarizeAdverseEventsResponse summary)
    {
        switch (format)
        {
            case OutputFormat.Json:
                shell.Terminal.Output.Write(IncidenceJson.Of(summary).ToJsonString(JsonText.Indented));
                shell.Terminal.Output.Write('\n');
                break;
            case OutputFormat.Csv:
                var writer = new CsvRowWriter<IncidenceRow>(IncidenceRow.Columns, shell.Terminal.Output);
                foreach (var row in IncidenceRow.Of(summary))
                {
                    writer.Write(row);
                }

                break;
            default:
                IncidenceTable.Write(shell.Terminal, summary);
                break;
        }
    }

    private static async Task<string> FirstRuleSet(Connection server, string study, CancellationToken cancellationToken)
    {
        var shown = await server.Studies.GetStudyAsync(new GetStudyRequest { StudyId = study }, cancellationToken: cancellationToken);
        return shown.Study.RuleSets.FirstOrDefault() ?? throw new CommandFailure($"The study {study} has no rule set.");
    }
}

using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Summary;

/// <summary><c>labctl summary liver</c>.</summary>
internal sealed class SummarizeLiverCommand : Command
{
    public SummarizeLiverCommand(Shell shell)
        : base("liver", "Liver safety: highest ALT or AST against highest bilirubin of each subject in × ULN, by quadrant and arm.")
    {
        var population = new PopulationOptions();
        Add(shell.Study);
        population.AddTo(this);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var summary = await server.Summaries.SummarizeLiverSafetyAsync(
                new SummarizeLiverSafetyRequest
                {
                    StudyId = parsed.GetRequiredValue(shell.Study),
                    SplitBy = population.SplitBy(parsed),
                    Arms = { population.Arms(parsed) },
                },
                cancellationToken: cancellationToken);
            switch (parsed.GetValue(shell.Format))
            {
                case OutputFormat.Json:
                    shell.Terminal.Output.Write(LiverJson.Of(summary).ToJsonString(JsonText.Indented));
                    shell.Terminal.Output.Write('\n');
                    break;
                case OutputFormat.Csv:
                    shell.Write(parsed, LiverColumns.All, summary.Subjects);
                    break;
                default:
                    LiverText.Write(shell.Terminal, summary);
                    break;
            }

            await PendingNote.Write(shell.Terminal, summary.Pending);
            return ExitCode.Done;
        });
    }
}

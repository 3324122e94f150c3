using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Grading;

/// <summary><c>labctl grading explain</c>.</summary>
internal sealed class ExplainCommand : Command
{
    public ExplainCommand(Shell shell) : base("explain", "Says why a result has the grades it has: rule, numbers put in, baseline.")
    {
        var result = new Option<string>("--result") { Description = "The sender's id of the result (source_result_id).", HelpName = "ID", Required = true };
        var ruleSet = new Option<string>("--rule-set") { Description = "Rule set, for instance ctcae-5.0.", HelpName = "R", Required = true };
        var laboratory = new Option<string?>("--laboratory") { Description = "Laboratory. Default: whichever sent it.", HelpName = "L" };
        Add(shell.Study);
        Add(result);
        Add(ruleSet);
        Add(laboratory);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var answer = await server.Grading.ExplainGradeAsync(
                new ExplainGradeRequest
                {
                    StudyId = parsed.GetRequiredValue(shell.Study),
                    Laboratory = parsed.GetValue(laboratory) ?? "",
                    SourceResultId = parsed.GetRequiredValue(result),
                    RuleSetId = parsed.GetRequiredValue(ruleSet),
                },
                cancellationToken: cancellationToken);
            if (parsed.GetValue(shell.Format) == OutputFormat.Table)
            {
                await shell.Terminal.Output.WriteAsync(ExplanationText.Of(answer.Explanations).AsMemory(), cancellationToken);
            }
            else
            {
                shell.Write(parsed, ExplanationColumns.All, answer.Explanations);
            }

            return ExitCode.Done;
        });
    }
}

using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Jobs;

namespace LabServer.Cli.Grading;

/// <summary><c>labctl grading run</c>.</summary>
internal sealed class RunGradingCommand : Command
{
    public RunGradingCommand(Shell shell) : base("run", "Grades what waits for it, and waits for the end of the run.")
    {
        var full = new Option<bool>("--full") { Description = "Grades everything anew and counts the differences." };
        Add(shell.Study);
        Add(full);
        Add(shell.Reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var request = new RunJobRequest
            {
                Job = parsed.GetValue(full) ? "grading-full" : "grading-incremental",
                StudyId = parsed.GetRequiredValue(shell.Study),
                Reason = shell.ReasonOf(parsed),
            };
            var run = await JobRuns.RunToEnd(shell, server, request, cancellationToken);
            return await JobRuns.Report(shell, parsed, run);
        });
    }
}

using System.CommandLine;
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
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var job = parsed.GetValue(full) ? "grading-full" : "grading-incremental";
            var run = await JobRuns.RunToEnd(shell, server, job, parsed.GetRequiredValue(shell.Study), cancellationToken);
            return await JobRuns.Report(shell, parsed, run);
        });
    }
}

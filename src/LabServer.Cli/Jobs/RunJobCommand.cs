using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Jobs;

/// <summary><c>labctl jobs run JOB</c>.</summary>
internal sealed class RunJobCommand : Command
{
    public RunJobCommand(Shell shell) : base("run", "Fires a job now and waits for its end.")
    {
        var job = new Argument<string>("JOB") { Description = "grading-incremental, grading-full or report." };
        var noWait = new Option<bool>("--no-wait") { Description = "Does not wait: prints the run as it was fired." };
        Add(job);
        Add(shell.Study);
        Add(noWait);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var (name, study) = (parsed.GetRequiredValue(job), parsed.GetRequiredValue(shell.Study));
            if (parsed.GetValue(noWait))
            {
                var fired = await server.Jobs.RunJobAsync(
                    new RunJobRequest { Job = name, StudyId = study }, cancellationToken: cancellationToken);
                shell.WriteRecord(parsed, JobColumns.Runs, fired.Run);
                return ExitCode.Done;
            }

            return await JobRuns.Report(shell, parsed, await JobRuns.RunToEnd(shell, server, name, study, cancellationToken));
        });
    }
}

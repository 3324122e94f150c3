using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Jobs;

/// <summary><c>labctl jobs run JOB</c>.</summary>
internal sealed class RunJobCommand : Command
{
    public RunJobCommand(Shell shell) : base("run", "Fires a job now and waits for its end.")
    {
        var job = new Argument<string>("JOB") { Description = "grading-incremental, grading-full, report or backup." };
        // Not the shared one, which is required: the backup is of the whole server.
        var study = new Option<string>("--study") { Description = "Study (STUDYID); none for backup.", HelpName = "STUDY", DefaultValueFactory = _ => "" };
        var noWait = new Option<bool>("--no-wait") { Description = "Does not wait: prints the run as it was fired." };
        Add(job);
        Add(study);
        Add(noWait);
        Add(shell.Reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var request = new RunJobRequest
            {
                Job = parsed.GetRequiredValue(job),
                StudyId = parsed.GetRequiredValue(study),
                Reason = shell.ReasonOf(parsed),
            };
            if (parsed.GetValue(noWait))
            {
                var fired = await server.Jobs.RunJobAsync(request, cancellationToken: cancellationToken);
                shell.WriteRecord(parsed, JobColumns.Runs, fired.Run);
                return ExitCode.Done;
            }

            return await JobRuns.Report(shell, parsed, await JobRuns.RunToEnd(shell, server, request, cancellationToken));
        });
    }
}

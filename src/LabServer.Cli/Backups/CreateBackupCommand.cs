using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Cli.Jobs;

namespace LabServer.Cli.Backups;

/// <summary><c>labctl backup create</c>.</summary>
internal sealed class CreateBackupCommand : Command
{
    private const string Job = "backup";

    public CreateBackupCommand(Shell shell) : base("create", "Takes a backup while the server serves, and waits for it.")
    {
        Add(shell.Reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var run = await JobRuns.RunToEnd(shell, server, new RunJobRequest { Job = Job, Reason = shell.ReasonOf(parsed) }, cancellationToken);
            if (run.State != JobRunState.Succeeded)
            {
                return await JobRuns.Report(shell, parsed, run);
            }

            var listed = await server.Backups.ListBackupsAsync(new ListBackupsRequest(), cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, BackupColumns.Listed, listed.Backups[0]);
            return ExitCode.Done;
        });
    }
}

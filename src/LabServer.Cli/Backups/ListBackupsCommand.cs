using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Backups;

/// <summary><c>labctl backup list</c>.</summary>
internal sealed class ListBackupsCommand : Command
{
    public ListBackupsCommand(Shell shell) : base("list", "Lists the backups on the server's machine, newest first.")
    {
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var listed = await server.Backups.ListBackupsAsync(new ListBackupsRequest(), cancellationToken: cancellationToken);
            shell.Write(parsed, BackupColumns.Listed, listed.Backups);
            return ExitCode.Done;
        });
    }
}

using System.CommandLine;
using LabServer.Core.Backups;

namespace LabServer.Cli.Backups;

/// <summary><c>labctl restore FILE --data DIR</c>: needs no server, and no server may run on the folder.</summary>
internal sealed class RestoreCommand : Command
{
    public RestoreCommand(Shell shell)
        : base("restore", "Verifies a backup and puts it into the data folder of a server that is not running; never over a database.")
    {
        var file = new Argument<string>("FILE") { Description = "The .db file of the backup, with its .json beside it." };
        var data = new Option<string>("--data") { Description = "Data folder; made if need be.", HelpName = "DIR", Required = true };
        Add(file);
        Add(data);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var stopped = StoppedServer.Take(parsed.GetRequiredValue(data));
            var restored = await shell.Terminal.WithProgress(
                "restore",
                report => BackupRestore.Restore(
                    parsed.GetRequiredValue(file), stopped.Database, (stage, share) => report(share, Enums.Lower(stage)), cancellationToken));
            shell.WriteRecord(parsed, BackupColumns.OfFile, restored);
            await shell.Terminal.Error.WriteLineAsync("The administrator's key is not part of a backup: the server makes a new one unless admin.key is there.");
            await shell.Terminal.Error.WriteLineAsync("Keys are as they were at the backup: revoke again those that have been revoked since.");
            return ExitCode.Done;
        });
    }
}

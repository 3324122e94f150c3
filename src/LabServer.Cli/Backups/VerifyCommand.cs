using System.CommandLine;
using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Backups;

namespace LabServer.Cli.Backups;

/// <summary><c>labctl verify</c>: a backup on the server's machine, or without a server a backup's file or a stopped server's data.</summary>
internal sealed class VerifyCommand : Command
{
    public VerifyCommand(Shell shell) : base("verify", "Checks that a backup is what was written, and a sound database.")
    {
        var what = new Argument<string>("BACKUP")
        {
            Description = "Name of a backup of the server, or the .db file of one on this machine. Default: the server's newest.",
            DefaultValueFactory = _ => "",
        };
        var data = new Option<string?>("--data")
        {
            Description = "Checks the database in this data folder instead, of a server that is not running.",
            HelpName = "DIR",
        };
        Add(what);
        Add(data);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            var backup = parsed.GetRequiredValue(what);
            if (parsed.GetValue(data) is { } folder)
            {
                using var stopped = StoppedServer.Find(folder);
                shell.WriteRecord(parsed, BackupColumns.OfDatabase, DatabaseFile.Check(stopped.Database, cancellationToken));
                return ExitCode.Done;
            }

            if (backup.EndsWith(".db", StringComparison.OrdinalIgnoreCase))
            {
                var verified = await shell.Terminal.WithProgress(
                    "verify", report => BackupRestore.Verify(backup, (stage, share) => report(share, Enums.Lower(stage)), cancellationToken));
                shell.WriteRecord(parsed, BackupColumns.OfFile, verified);
                return ExitCode.Done;
            }

            using var server = shell.Connect(parsed);
            var answer = await shell.Terminal.WithProgress("verify", report => Verify(server, backup, report, cancellationToken));
            shell.WriteRecord(parsed, BackupColumns.Listed, answer);
            return answer.Fault.Length == 0 ? ExitCode.Done : throw new CommandFailure(answer.Fault);
        });
    }

    private static async Task<Backup> Verify(Connection server, string name, Action<double, string> report, CancellationToken cancellationToken)
    {
        using var call = server.Backups.VerifyBackup(new VerifyBackupRequest { Name = name }, cancellationToken: cancellationToken);
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (answer.Backup is { } backup)
            {
                return backup;
            }

            report(answer.Share, Enums.Lower(answer.Stage));
        }

        throw new CommandFailure("The server stopped before it had verified the backup.");
    }
}

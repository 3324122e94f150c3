using System.CommandLine;
using LabServer.Cli.Output;
using Anchor = LabServer.Core.Audit.AuditAnchor;

namespace LabServer.Cli.Audit;

/// <summary><c>labctl audit verify</c>.</summary>
internal sealed class VerifyAuditCommand : Command
{
    public VerifyAuditCommand(Shell shell)
        : base("verify", "Checks every entry of the trail against its hash and its place. Exit code 1 when anything is wrong.")
    {
        var anchor = new Option<string?>("--anchor")
        {
            Description = "What audit anchor printed once, or the file audit.anchor of the data folder: shows entries cut off since.",
            HelpName = "FILE",
        };
        var data = new Option<string?>("--data")
        {
            Description = "Reads the database in this data folder by itself, without a server and without changing it.",
            HelpName = "DIR",
        };
        var results = new Option<bool>("--results") { Description = "Checks the results on file too, against the entries of their commits." };
        Add(anchor);
        Add(data);
        Add(results);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            var kept = parsed.GetValue(anchor) is { } path ? Read(path) : null;
            var withResults = parsed.GetValue(results);
            using var server = parsed.GetValue(data) is null ? shell.Connect(parsed) : null;
            var verified = await shell.Terminal.WithProgress("verify", report => server is null
                ? Task.FromResult(AuditVerification.OfFolder(parsed.GetRequiredValue(data)!, kept, withResults, report, cancellationToken))
                : AuditVerification.OfServer(server, kept, withResults, report, cancellationToken));
            shell.Write(parsed, AuditColumns.Faults, verified.Faults);
            await shell.Terminal.Error.WriteLineAsync(
                $"{Cell.Text(verified.Entries)} entries, {Cell.Text(verified.Faults.Count)} faults; the last one is {Cell.Text(verified.End.Number)}, {verified.End.Hash}"
                + (kept is null ? "; without an anchor nothing shows whether entries were cut off" : ""));
            return verified.Faults.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static Anchor Read(string path)
    {
        try
        {
            return Anchor.Read(File.ReadAllText(path).Trim()) ?? throw new UsageException($"--anchor: {path} holds no anchor of an audit trail.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--anchor: {path} cannot be read: {fault.Message}");
        }
    }
}

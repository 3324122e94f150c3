using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Keys;

/// <summary><c>labctl keys revoke NAME</c>.</summary>
internal sealed class RevokeKeyCommand : Command
{
    public RevokeKeyCommand(Shell shell) : base("revoke", "Revokes a key for good, at once.")
    {
        var name = new Argument<string>("NAME") { Description = "Name of the key, as keys list shows it." };
        Add(name);
        Add(shell.Reason);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var revoked = await server.Access.RevokeKeyAsync(
                new RevokeKeyRequest { Name = parsed.GetRequiredValue(name), Reason = shell.ReasonOf(parsed) }, cancellationToken: cancellationToken);
            shell.WriteRecord(parsed, KeyColumns.All, revoked.Key);
            return ExitCode.Done;
        });
    }
}

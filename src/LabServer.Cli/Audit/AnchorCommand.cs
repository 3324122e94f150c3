using System.CommandLine;
using LabServer.Api.V1;
using LabServer.Core;

namespace LabServer.Cli.Audit;

/// <summary><c>labctl audit anchor</c>.</summary>
internal sealed class AnchorCommand : Command
{
    public AnchorCommand(Shell shell)
        : base("anchor", "Prints where the trail ends, one line to keep elsewhere: audit verify --anchor shows with it that entries were cut off.") =>
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var answer = await server.Audit.GetAuditAnchorAsync(new GetAuditAnchorRequest(), cancellationToken: cancellationToken);
            var anchor = answer.Anchor;
            await shell.Terminal.Output.WriteLineAsync(
                new Core.Audit.AuditAnchor(anchor.Number, anchor.Sha256, Clock.ToUs(anchor.At.ToDateTimeOffset())).ToString());
            return ExitCode.Done;
        });
}

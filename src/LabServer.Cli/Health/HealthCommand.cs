using System.CommandLine;
using LabServer.Api.Health;

namespace LabServer.Cli.Health;

/// <summary><c>labctl health</c>.</summary>
internal sealed class HealthCommand : Command
{
    public HealthCommand(Shell shell) : base("health", "Asks the server whether it serves: prints SERVING, or fails.")
    {
        var service = new Option<string?>("--service") { Description = "Full name of one service. Default: the server as a whole." };
        var ready = new Option<string?>("--ready")
        {
            Description = "Asks instead whether it is ready, at this address of its HTTP port: prints each check, and fails when one does. No key is sent.",
            HelpName = "URL",
        };
        Add(service);
        Add(ready);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(ready) is { } http)
            {
                var checks = await Readiness.Ask(http, shell.Global.TlsOf(parsed), cancellationToken);
                shell.Write(parsed, Readiness.Columns, checks);
                return checks.All(check => check.Ok) ? ExitCode.Done : ExitCode.Failed;
            }

            using var server = shell.Connect(parsed);
            var answer = await server.Health.CheckAsync(
                new HealthCheckRequest { Service = parsed.GetValue(service) ?? "" }, cancellationToken: cancellationToken);
            await shell.Terminal.Output.WriteLineAsync(Enums.Text(answer.Status).AsMemory(), cancellationToken);
            return answer.Status == HealthCheckResponse.Types.ServingStatus.Serving ? ExitCode.Done : ExitCode.Failed;
        });
    }
}

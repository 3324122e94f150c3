using System.CommandLine;
using LabServer.Api.Health;

namespace LabServer.Cli.Health;

/// <summary><c>labctl health</c>.</summary>
internal sealed class HealthCommand : Command
{
    public HealthCommand(Shell shell) : base("health", "Asks the server whether it serves: prints SERVING, or fails.")
    {
        var service = new Option<string?>("--service") { Description = "Full name of one service. Default: the server as a whole." };
        Add(service);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var answer = await server.Health.CheckAsync(
                new HealthCheckRequest { Service = parsed.GetValue(service) ?? "" }, cancellationToken: cancellationToken);
            await shell.Terminal.Output.WriteLineAsync(Enums.Text(answer.Status).AsMemory(), cancellationToken);
            return answer.Status == HealthCheckResponse.Types.ServingStatus.Serving ? ExitCode.Done : ExitCode.Failed;
        });
    }
}

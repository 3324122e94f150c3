using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Jobs;

/// <summary><c>labctl jobs watch RUN</c>.</summary>
internal sealed class WatchJobCommand : Command
{
    public WatchJobCommand(Shell shell) : base("watch", "Shows the progress of a run, whoever started it, and waits for its end.")
    {
        var id = new Argument<string>("RUN") { Description = "Id of the run, as jobs history and jobs run --no-wait tell it." };
        Add(id);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var found = await server.Jobs.GetJobRunAsync(
                new GetJobRunRequest { RunId = parsed.GetRequiredValue(id) }, cancellationToken: cancellationToken);
            return await JobRuns.Report(shell, parsed, await JobRuns.WatchToEnd(shell, server, found.Run, cancellationToken));
        });
    }
}

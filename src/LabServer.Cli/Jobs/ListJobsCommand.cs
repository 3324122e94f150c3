using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Jobs;

/// <summary><c>labctl jobs list</c>.</summary>
internal sealed class ListJobsCommand : Command
{
    public ListJobsCommand(Shell shell) : base("list", "Lists the jobs with their schedules.")
    {
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var listed = await server.Jobs.ListJobsAsync(new ListJobsRequest(), cancellationToken: cancellationToken);
            shell.Write(parsed, JobColumns.Jobs, listed.Jobs);
            return ExitCode.Done;
        });
    }
}

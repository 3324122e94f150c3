using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Jobs;

/// <summary><c>labctl jobs history</c>.</summary>
internal sealed class JobHistoryCommand : Command
{
    public JobHistoryCommand(Shell shell) : base("history", "Lists the runs of the jobs, newest first.")
    {
        var job = new Option<string?>("--job") { Description = "Only this job." };
        var study = new Option<string?>("--study") { Description = "Only this study.", HelpName = "STUDY" };
        var limit = Limits.Option();
        Add(job);
        Add(study);
        Add(limit);
        Add(shell.Format);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var server = shell.Connect(parsed);
            var runs = Pages.Read(
                (size, token) => server.Jobs.ListJobRunsAsync(
                    new ListJobRunsRequest
                    {
                        Job = parsed.GetValue(job) ?? "",
                        StudyId = parsed.GetValue(study) ?? "",
                        PageSize = size,
                        PageToken = token,
                    },
                    cancellationToken: cancellationToken),
                page => page.Runs, page => page.NextPageToken, parsed.GetValue(limit), cancellationToken);
            await shell.Write(parsed, JobColumns.Runs, runs, cancellationToken);
            return ExitCode.Done;
        });
    }
}

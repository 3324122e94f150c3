using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Jobs;

/// <summary>Fires a job and waits for its end.</summary>
internal static class JobRuns
{
    /// <summary>Fires a job, shows its progress, and returns the run as it ended.</summary>
    public static async Task<JobRun> RunToEnd(Shell shell, Connection server, RunJobRequest request, CancellationToken cancellationToken)
    {
        var fired = await server.Jobs.RunJobAsync(request, cancellationToken: cancellationToken);
        return await WatchToEnd(shell, server, fired.Run, cancellationToken);
    }

    /// <summary>Shows the progress of <paramref name="run"/>, and returns it as it ended.</summary>
    public static Task<JobRun> WatchToEnd(Shell shell, Connection server, JobRun run, CancellationToken cancellationToken) =>
        shell.Terminal.WithProgress(run.Job, report => Watch(server, run, report, cancellationToken));

    /// <summary>Writes the run, and says with its exit code whether it ended well.</summary>
    public static async Task<int> Report(Shell shell, System.CommandLine.ParseResult parsed, JobRun run)
    {
        shell.WriteRecord(parsed, JobColumns.Runs, run);
        if (run.State == JobRunState.Succeeded)
        {
            return ExitCode.Done;
        }

        await shell.Terminal.Error.WriteLineAsync($"labctl: The run {run.RunId} ended as {Enums.Text(run.State)}. {run.Failure}".TrimEnd());
        return ExitCode.Failed;
    }

    private static async Task<JobRun> Watch(Connection server, JobRun run, Action<double, string> report, CancellationToken cancellationToken)
    {
        while (!HasEnded(run))
        {
            using var watch = server.Jobs.WatchJobRun(new WatchJobRunRequest { RunId = run.RunId }, cancellationToken: cancellationToken);
            var heard = false;
            await foreach (var change in watch.ResponseStream.ReadAllAsync(cancellationToken))
            {
                heard = true;
                run = change.Run;
                Tell(run, report);
            }

            if (!heard)
            {
                throw new CommandFailure($"The server stopped telling about the run {run.RunId} before it had ended; see labctl jobs history.");
            }
        }

        return run;
    }

    // A grading run counts series, any other its steps.
    private static void Tell(JobRun run, Action<double, string> report)
    {
        var (done, total, what) = run.StepsTotal > 0 ? (run.Steps, run.StepsTotal, "steps") : (run.Series, run.SeriesTotal, "series");
        report(
            total > 0 ? (double)done / total : 0,
            total > 0 ? $"{Cell.Text(done)} of {Cell.Text(total)} {what}"
            : run.State == JobRunState.Queued ? "waits for its turn"
            // Which series they touch is known once all are taken up.
            : $"{Cell.Text(run.Results)} results taken up");
    }

    private static bool HasEnded(JobRun run) => run.State is JobRunState.Succeeded or JobRunState.Failed or JobRunState.Interrupted;
}

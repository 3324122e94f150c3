using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Cli.Jobs;

public sealed class RunJobTests
{
    [Theory]
    [InlineData("grading run --study S1", "grading-incremental")]
    [InlineData("grading run --study S1 --full", "grading-full")]
    [InlineData("jobs run grading-full --study S1", "grading-full")]
    public async Task Run_EndsWell_PrintsItsCounts(string line, string job)
    {
        await using var server = await LoopbackServer.Start(new ScriptedJobsService(
            [JobRunState.Queued, JobRunState.Running, JobRunState.Succeeded], series: 7, failure: ""));

        var call = await LabctlCall.Run([.. line.Split(' '), "--server", server.Address.ToString(), "--format", "csv"]);

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        Assert.Contains($"R1,{job},S1,REQUESTED,SUCCEEDED,", call.Output, StringComparison.Ordinal);
        Assert.Contains(",7,", call.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobRunState.Failed, "FAILED")]
    [InlineData(JobRunState.Interrupted, "INTERRUPTED")]
    public async Task Run_EndsBadly_FailsAndSaysWhy(JobRunState state, string word)
    {
        await using var server = await LoopbackServer.Start(new ScriptedJobsService([JobRunState.Running, state], 0, "The disk is full."));

        var call = await LabctlCall.Run("grading", "run", "--study", "S1", "--server", server.Address.ToString());

        Assert.Equal(1, call.ExitCode);
        Assert.Equal($"labctl: The run R1 ended as {word}. The disk is full.\n", call.Error);
    }

    [Fact]
    public async Task Run_NotWaitedFor_IsPrintedAsFired()
    {
        await using var server = await LoopbackServer.Start(new ScriptedJobsService([], 0, ""));

        var call = await LabctlCall.Run(
            "jobs", "run", "grading-full", "--study", "S1", "--no-wait", "--server", server.Address.ToString(), "--format", "json");

        Assert.Equal(0, call.ExitCode);
        Assert.Contains("\"state\": \"QUEUED\"", call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ServerStopsTelling_FailsRatherThanClaimAnEnd()
    {
        await using var server = await LoopbackServer.Start(new ScriptedJobsService([], 0, ""));

        var call = await LabctlCall.Run("grading", "run", "--study", "S1", "--server", server.Address.ToString());

        Assert.Equal(1, call.ExitCode);
        Assert.Contains("before it had ended", call.Error, StringComparison.Ordinal);
    }

    private sealed class ScriptedJobsService(IReadOnlyList<JobRunState> states, long series, string failure) : JobsService.JobsServiceBase
    {
        private JobRun _run = new();

        public override Task<RunJobResponse> RunJob(RunJobRequest request, ServerCallContext context)
        {
            _run = new JobRun
            {
                RunId = "R1",
                Job = request.Job,
                StudyId = request.StudyId,
                Trigger = JobTrigger.Requested,
                State = JobRunState.Queued,
            };
            return Task.FromResult(new RunJobResponse { Run = _run });
        }

        public override async Task WatchJobRun(
            WatchJobRunRequest request, IServerStreamWriter<WatchJobRunResponse> responseStream, ServerCallContext context)
        {
            foreach (var state in states)
            {
                var run = _run.Clone();
                run.State = state;
                run.Series = series;
                run.SeriesTotal = series;
                run.Failure = state == JobRunState.Failed || state == JobRunState.Interrupted ? failure : "";
                await responseStream.WriteAsync(new WatchJobRunResponse { Run = run });
            }
        }
    }
}

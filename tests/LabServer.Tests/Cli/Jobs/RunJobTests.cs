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
        Assert.Contains(",14,", call.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grading run --study S1")]
    [InlineData("jobs watch R1")]
    public async Task Run_TakesLong_TellsItsProgressOnStandardErrorAndNothingOfItInTheCsv(string line)
    {
        await using var server = await LoopbackServer.Start(new ScriptedJobsService(
            [JobRunState.Queued, JobRunState.Running, JobRunState.Succeeded], series: 7, failure: ""));

        var call = await LabctlCall.Run(
            [.. line.Split(' '), "--server", server.Address.ToString(), "--format", "csv"], new Dictionary<string, string?>(),
            new SteppedTime(TimeSpan.FromSeconds(10)));

        Assert.Equal(
            "labctl: grading-incremental: waits for its turn\nlabctl: grading-incremental: 50 %, 7 of 14 series\n"
                + "labctl: grading-incremental: 100 %, 14 of 14 series\n",
            call.Error);
        Assert.Equal((0, 2), (call.ExitCode, call.Output.TrimEnd('\n').Split('\n').Length));
    }

    [Fact]
    public async Task Watch_RunThatEndedBadly_FailsAndSaysWhy()
    {
        await using var server = await LoopbackServer.Start(new ScriptedJobsService([JobRunState.Failed], 0, "The disk is full."));

        var call = await LabctlCall.Run("jobs", "watch", "R1", "--server", server.Address.ToString());

        Assert.Equal((1, "labctl: The run R1 ended as FAILED. The disk is full.\n"), (call.ExitCode, call.Error));
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
        private JobRun _run = Queued("grading-incremental", "S1");

        public override Task<RunJobResponse> RunJob(RunJobRequest request, ServerCallContext context)
        {
            _run = Queued(request.Job, request.StudyId);
            return Task.FromResult(new RunJobResponse { Run = _run });
        }

        public override Task<GetJobRunResponse> GetJobRun(GetJobRunRequest request, ServerCallContext context) =>
            Task.FromResult(new GetJobRunResponse { Run = _run });

        public override async Task WatchJobRun(
            WatchJobRunRequest request, IServerStreamWriter<WatchJobRunResponse> responseStream, ServerCallContext context)
        {
            foreach (var state in states)
            {
                var run = _run.Clone();
                run.State = state;
                run.Series = state == JobRunState.Queued ? 0 : state == JobRunState.Running ? series : 2 * series;
                run.SeriesTotal = state == JobRunState.Queued ? 0 : 2 * series;
                run.Failure = state == JobRunState.Failed || state == JobRunState.Interrupted ? failure : "";
                await responseStream.WriteAsync(new WatchJobRunResponse { Run = run });
            }
        }

        private static JobRun Queued(string job, string study) =>
            new() { RunId = "R1", Job = job, StudyId = study, Trigger = JobTrigger.Requested, State = JobRunState.Queued };
    }
}

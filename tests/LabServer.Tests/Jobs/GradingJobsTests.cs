using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Jobs;

/// <summary>The jobs with results to grade.</summary>
public sealed class GradingJobsTests
{
    private const string Study = "TRIAL";

    [Fact]
    public async Task Incremental_ResultsPending_FiresByItselfAndGradesThemOnce()
    {
        await using var server = await ServerFixture.Start(
            new Dictionary<string, string?> { ["LabServer:Jobs:IncrementalInterval"] = "00:00:00.1" });

        await SmallTrial.Push(server.Channel, Study, subjects: 3, days: 10);
        await Eventually.True(
            async () => (await server.Studies.GetStudyAsync(new GetStudyRequest { StudyId = Study })).Pending == 0
                && (await Runs(server.Jobs)).Sum(run => run.Results) == 30
                && (await Runs(server.Jobs)).All(run => run.State == JobRunState.Succeeded),
            "all 30 results are graded");

        var runs = await Runs(server.Jobs);
        Assert.All(runs, run => Assert.Equal(
            ("grading-incremental", "", JobTrigger.Scheduled), (run.Job, run.StudyId, run.Trigger)));
        Assert.All(runs, run => Assert.Equal(run.SeriesTotal, run.Series));
        Assert.InRange(runs.Sum(run => run.Series), 3, 30);
        Assert.True(runs.Sum(run => run.Events) >= 3, "ALT over 3 x ULN is an event of each subject");
    }

    [Fact]
    public async Task Full_AfterIncremental_FindsNoDifference()
    {
        await using var server = await ServerFixture.Start();
        await SmallTrial.Push(server.Channel, Study, subjects: 3, days: 10);

        var first = await Run(server.Jobs, "grading-incremental");
        var second = await Run(server.Jobs, "grading-incremental");
        var full = await Run(server.Jobs, "grading-full");

        Assert.Equal((30, 3), (first.Results, first.Series));
        Assert.True(first.Differences > 0);
        Assert.Equal((0, 0, 0), (second.Results, second.Series, second.Differences));
        Assert.Equal((0, 3, 0), (full.Results, full.Series, full.Differences));
        Assert.Equal(first.Grades, full.Grades);
    }

    [Fact]
    public async Task Run_ServerIsKilledInTheMiddle_IsInterruptedAndRecoveredAtTheNextStart()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.Start(
            folder.Path, new Dictionary<string, string> { ["LABSERVER__JOBS__INCREMENTALINTERVAL"] = "00:00:00" });
        using var before = server.OpenChannel();
        await SmallTrial.Push(before, Study, subjects: 800, days: 10);
        var jobs = new JobsService.JobsServiceClient(before);
        var queued = (await jobs.RunJobAsync(new RunJobRequest { Job = "grading-full", StudyId = Study })).Run;
        using (var watch = jobs.WatchJobRun(new WatchJobRunRequest { RunId = queued.RunId }))
        {
            while (await watch.ResponseStream.MoveNext(CancellationToken.None)
                && watch.ResponseStream.Current.Run.State != JobRunState.Running)
            {
            }
        }

        await server.Kill();
        await server.Restart();

        using var after = server.OpenChannel();
        jobs = new JobsService.JobsServiceClient(after);
        await Eventually.True(
            async () => await Runs(jobs) is [{ State: JobRunState.Succeeded }, _], "the run is fired again and ends");
        var runs = await Runs(jobs);
        Assert.Equal((JobTrigger.Recovered, "grading-full", Study), (runs[0].Trigger, runs[0].Job, runs[0].StudyId));
        Assert.Equal((queued.RunId, JobRunState.Interrupted), (runs[1].RunId, runs[1].State));
        Assert.NotNull(runs[1].EndedAt);
        var full = await Run(jobs, "grading-full");
        Assert.Equal((800, 0, 0), (full.Series, full.Differences, full.Results));
    }

    private static async Task<IReadOnlyList<JobRun>> Runs(JobsService.JobsServiceClient jobs) =>
        (await jobs.ListJobRunsAsync(new ListJobRunsRequest())).Runs;

    private static async Task<JobRun> Run(JobsService.JobsServiceClient jobs, string job)
    {
        using var bound = new CancellationTokenSource(Eventually.Bound);
        var queued = (await jobs.RunJobAsync(new RunJobRequest { Job = job, StudyId = Study })).Run;
        using var watch = jobs.WatchJobRun(new WatchJobRunRequest { RunId = queued.RunId }, cancellationToken: bound.Token);
        var last = queued;
        while (await watch.ResponseStream.MoveNext(bound.Token))
        {
            last = watch.ResponseStream.Current.Run;
        }

        Assert.Equal((JobRunState.Succeeded, ""), (last.State, last.Failure));
        return last;
    }
}

using Dapper;
using Grpc.Core;
using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Core.Audit;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Jobs;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Quartz.Extensibility;
using JobRunState = LabServer.Core.Storage.JobRunState;
using JobTrigger = LabServer.Core.Storage.JobTrigger;

namespace LabServer.Tests.Jobs;

public sealed class JobRunHistoryTests : IAsyncLifetime
{
    private ServerFixture _server = null!;
    private JobRunStore _runs = null!;

    [Fact]
    public async Task ListJobRuns_ManyPages_HoldEachRunOnceNewestFirst()
    {
        var written = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            written.Insert(0, (await _runs.Queue("grading-full", "S1", JobTrigger.Requested, Author.Server, CancellationToken.None)).RunId);
        }

        var read = new List<string>();
        var token = "";
        do
        {
            var page = await _server.Jobs.ListJobRunsAsync(new ListJobRunsRequest { PageSize = 3, PageToken = token });
            Assert.InRange(page.Runs.Count, 1, 3);
            read.AddRange(page.Runs.Select(run => run.RunId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(written, read);
    }

    [Fact]
    public async Task Start_WithAQueuedRunOfAJobThatThereIsNot_ServesAndEndsItAsFailed()
    {
        var unknown = await _runs.Queue("regrading", "S1", JobTrigger.Requested, Author.Server, CancellationToken.None);
        _server.ExpectError(entry => entry.Message.Contains("there is no such job", StringComparison.Ordinal));

        await _server.StopServer();
        await _server.StartServer();

        var run = (await _server.Jobs.GetJobRunAsync(new GetJobRunRequest { RunId = unknown.RunId })).Run;
        Assert.Equal((Api.V1.JobRunState.Failed, "there is no such job"), (run.State, run.Failure));
    }

    [Fact]
    public async Task ListJobRuns_LastPageIsFull_HasNoNextPage()
    {
        await _runs.Queue("grading-full", "S1", JobTrigger.Requested, Author.Server, CancellationToken.None);
        await _runs.Queue("grading-full", "S1", JobTrigger.Requested, Author.Server, CancellationToken.None);

        Assert.Empty((await _server.Jobs.ListJobRunsAsync(new ListJobRunsRequest { PageSize = 2 })).NextPageToken);
    }

    [Theory]
    [InlineData("", "", 3)]
    [InlineData("grading-full", "", 2)]
    [InlineData("", "S1", 2)]
    [InlineData("grading-full", "S1", 1)]
    [InlineData("grading-full", "S3", 0)]
    public async Task ListJobRuns_Filters_Combine(string job, string study, int expected)
    {
        await _runs.Queue("grading-full", "S1", JobTrigger.Requested, Author.Server, CancellationToken.None);
        await _runs.Queue("grading-full", "S2", JobTrigger.Requested, Author.Server, CancellationToken.None);
        await _runs.Queue("grading-incremental", "S1", JobTrigger.Requested, Author.Server, CancellationToken.None);

        var page = await _server.Jobs.ListJobRunsAsync(new ListJobRunsRequest { Job = job, StudyId = study });

        Assert.Equal(expected, page.Runs.Count);
    }

    [Theory]
    [InlineData("next")]
    [InlineData("WyJ4Il0")]
    public async Task ListJobRuns_TokenOfAnotherList_IsRefused(string token)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(
            () => _server.Jobs.ListJobRunsAsync(new ListJobRunsRequest { PageToken = token }).ResponseAsync);

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal("page_token", Assert.Single(RpcFault.Read(refused).Violations).Field);
    }

    [Fact]
    public async Task Run_OnceEnded_NeverChanges()
    {
        var run = await _runs.Begin(_runs.NewId(), "grading-full", "S", JobTrigger.Scheduled, CancellationToken.None);
        await _runs.End(run.RunId, JobRunState.Failed, new GradingCounts(1, 2, 3, 4, 5, 6), "disk full", CancellationToken.None);
        var ended = _runs.Find(run.RunId);

        await _runs.Progress(run.RunId, default, CancellationToken.None);
        await _runs.End(run.RunId, JobRunState.Succeeded, default, "", CancellationToken.None);
        await _runs.MarkInterrupted(CancellationToken.None);

        Assert.False(await _runs.Start(run.RunId, isAgain: true, CancellationToken.None));
        Assert.Equal(ended, _runs.Find(run.RunId));
        Assert.Equal((JobRunState.Failed, "disk full"), (ended!.State, ended.Failure));
        Assert.Equal(new GradingCounts(1, 2, 3, 4, 5, 6), ended.Counts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Begin_AgainAfterALostAnswer_IsTheSameRun(bool isQueued)
    {
        var recorder = _server.Services.GetRequiredService<JobRunRecorder>();
        var queued = isQueued ? (await _runs.Queue("grading-full", "S", JobTrigger.Requested, Author.Server, CancellationToken.None)).RunId : "";
        var firing = new JobFiring("S", queued, isQueued ? JobTrigger.Requested : JobTrigger.Scheduled);
        var newId = _runs.NewId();

        var first = await recorder.Begin("grading-full", firing, newId, isAgain: false);
        var again = await recorder.Begin("grading-full", firing, newId, isAgain: true);

        Assert.Equal(isQueued ? queued : newId, first);
        Assert.Equal(first, again);
        Assert.Equal((first, JobRunState.Running), Assert.Single(All()) is var run ? (run.RunId, run.State) : default);
    }

    [Fact]
    public async Task Record_FiredTwice_RunsOnce()
    {
        var queued = await _runs.Queue("grading-full", "S", JobTrigger.Requested, Author.Server, CancellationToken.None);
        var firing = new JobFiring("S", queued.RunId, JobTrigger.Requested);

        Assert.Equal(1, await TimesDone(firing));
        Assert.Equal(0, await TimesDone(firing));
        Assert.Equal(0, await TimesDone(firing with { Trigger = JobTrigger.Recovered }));

        Assert.Equal((queued.RunId, JobRunState.Succeeded), Assert.Single(All()) is var run ? (run.RunId, run.State) : default);
    }

    [Fact]
    public async Task Record_RecoveredBeforeItsRunWasStarted_IsThatRun()
    {
        var queued = await _runs.Queue("grading-full", "S", JobTrigger.Requested, Author.Server, CancellationToken.None);

        Assert.Equal(1, await TimesDone(new JobFiring("S", queued.RunId, JobTrigger.Recovered)));

        Assert.Equal((queued.RunId, JobRunState.Succeeded), Assert.Single(All()) is var run ? (run.RunId, run.State) : default);
    }

    [Fact]
    public async Task Record_RecoveredAfterItsRunWasInterrupted_IsANewRun()
    {
        var queued = await _runs.Queue("grading-full", "S", JobTrigger.Requested, Author.Server, CancellationToken.None);
        await _runs.Start(queued.RunId, isAgain: false, CancellationToken.None);
        await _runs.End(queued.RunId, JobRunState.Interrupted, default, "", CancellationToken.None);

        Assert.Equal(1, await TimesDone(new JobFiring("S", queued.RunId, JobTrigger.Recovered)));

        Assert.Equal(
            [(JobTrigger.Recovered, JobRunState.Succeeded), (JobTrigger.Requested, JobRunState.Interrupted)],
            All().Select(run => (run.Trigger, run.State)));
    }

    [Fact]
    public async Task Fail_RunThatSomebodyWatches_IsTold()
    {
        var run = await _runs.Queue("grading-full", "S", JobTrigger.Requested, Author.Server, CancellationToken.None);
        using var call = _server.Jobs.WatchJobRun(new WatchJobRunRequest { RunId = run.RunId });
        var watch = HeardStream<Api.V1.JobRunState>.Of(call.ResponseStream, response => response.Run.State);
        await Eventually.True(() => watch.Seen.Count == 1, "the watch has begun");

        await _server.Services.GetRequiredService<JobRunRecorder>().Fail(run, "the schedule could not be written", CancellationToken.None);

        await watch.End.WaitAsync(Eventually.Bound);
        Assert.Equal([Api.V1.JobRunState.Queued, Api.V1.JobRunState.Failed], watch.Seen);
        Assert.True(_server.Services.GetRequiredService<LatestRuns>().HasFailed("grading-full", "S"));
    }

    [Fact]
    public void Firing_OfARecovery_NamesTheRunThatWasQueued()
    {
        var trigger = TriggerBuilder.Create().WithIdentity("one").UsingJobData(JobFiring.Data("S", "run")).Build();

        var job = ActivatorUtilities.CreateInstance<GradingFullJob>(_server.Services);

        var firing = JobFiring.Of(JobExecutionContextBuilder.For(job).WithTrigger(trigger).Recovering().Build());

        Assert.Equal(new JobFiring("S", "run", JobTrigger.Recovered), firing);
    }

    [Fact]
    public async Task HasFailed_AfterMoreRuns_ReadsThoseAndNotTheHistoryAgain()
    {
        var latest = _server.Services.GetRequiredService<LatestRuns>();
        var old = await Begin("OLD");
        await End(old, JobRunState.Failed);
        var slow = await Begin("SLOW");
        var quick = await Begin("QUICK");
        await End(quick, JobRunState.Failed);
        Assert.Equal((true, false, true), Failed());

        // As nobody ever changes it; who reads it again is found out.
        await _server.Services.GetRequiredService<Database>().Writer.Run(
            session => session.Connection.Execute("UPDATE job_run SET state = 3 WHERE run_id = @old", new { old }, session.Transaction),
            rows: 1,
            CancellationToken.None);
        await End(slow, JobRunState.Failed);
        await End(await Begin("QUICK"), JobRunState.Succeeded);
        latest.NoteEnd();

        Assert.Equal((true, true, false), Failed());
        await End(await Begin("OLD"), JobRunState.Succeeded);
        latest.NoteEnd();
        Assert.Equal((false, true, false), Failed());

        (bool, bool, bool) Failed() =>
            (latest.HasFailed("grading-full", "OLD"), latest.HasFailed("grading-full", "SLOW"), latest.HasFailed("grading-full", "QUICK"));

        async Task<string> Begin(string studyId) =>
            (await _runs.Begin(_runs.NewId(), "grading-full", studyId, JobTrigger.Scheduled, CancellationToken.None)).RunId;

        Task End(string runId, JobRunState state) => _runs.End(runId, state, default, "", CancellationToken.None);
    }

    [Fact]
    public void Run_States_HaveTheNumbersOfTheWire()
    {
        Assert.Equal(Enum.GetValues<JobRunState>().Select(value => (int)value), Enum.GetValues<Api.V1.JobRunState>().Select(value => (int)value));
        Assert.Equal(Enum.GetValues<JobTrigger>().Select(value => (int)value), Enum.GetValues<Api.V1.JobTrigger>().Select(value => (int)value));
        Assert.Equal(Enum.GetNames<JobRunState>(), Enum.GetNames<Api.V1.JobRunState>());
        Assert.Equal(Enum.GetNames<JobTrigger>(), Enum.GetNames<Api.V1.JobTrigger>());
    }

    private async Task<int> TimesDone(JobFiring firing)
    {
        var done = 0;
        await _server.Services.GetRequiredService<JobRunRecorder>().Record(
            "grading-full", firing, _ => Task.FromResult(new GradingCounts { Series = ++done }), CancellationToken.None);
        return done;
    }

    private IReadOnlyList<Core.Storage.JobRun> All() => _runs.List("", "", long.MaxValue, 100);

    public async Task InitializeAsync()
    {
        _server = await ServerFixture.Start();
        _runs = _server.Services.GetRequiredService<JobRunStore>();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();
}

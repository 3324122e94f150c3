using LabServer.Api.V1;
using LabServer.Core.Audit;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Jobs;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using JobRun = LabServer.Api.V1.JobRun;
using JobRunState = LabServer.Api.V1.JobRunState;
using JobTrigger = LabServer.Api.V1.JobTrigger;
using Study = LabServer.Core.Study;

namespace LabServer.Tests.Jobs;

/// <summary>The clock's behaviour over the hours and over restarts: real Quartz, on a clock that the test sets.</summary>
public sealed class ScheduleTests
{
    // 02:00 in Shanghai is 18:00 UTC of the day before.
    private static readonly DateTimeOffset BeforeNight = new(2026, 3, 1, 17, 59, 58, TimeSpan.Zero);
    private static readonly DateTimeOffset Night = new(2026, 3, 1, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Nightly_AtItsCronInTheStudysZone_Fires()
    {
        var clock = new ShiftedTime(BeforeNight);
        await using var server = await ServerFixture.Start(time: clock);
        await Register(server, "NIGHT", "Asia/Shanghai");

        var run = await Ended(server, "NIGHT");

        Assert.Equal((JobNames.GradingFull, JobTrigger.Scheduled, JobRunState.Succeeded), (run.Job, run.Trigger, run.State));
        Assert.InRange(run.StartedAt.ToDateTimeOffset(), Night, Night.AddSeconds(20));
        Assert.Equal(Night.AddDays(1), (await Listed(server, "NIGHT")).NextFireAt.ToDateTimeOffset());
    }

    [Fact]
    public async Task Nightly_MissedWhileTheServerWasDown_FiresOnceAtStart()
    {
        var clock = new ShiftedTime(BeforeNight.AddHours(-1));
        await using var server = await ServerFixture.Start(time: clock);
        await Register(server, "MISSED", "Asia/Shanghai");
        await server.StopServer();

        // Three nights pass.
        clock.Set(Night.AddDays(2).AddHours(5));
        await server.StartServer();

        var run = await Ended(server, "MISSED");
        Assert.Equal((JobTrigger.Scheduled, JobRunState.Succeeded), (run.Trigger, run.State));
        Assert.Equal(Night.AddDays(3), (await Listed(server, "MISSED")).NextFireAt.ToDateTimeOffset());
        Assert.Single(await Runs(server, "MISSED"));
    }

    [Fact]
    public async Task Nightly_NotDueWhileTheServerWasDown_DoesNotFire()
    {
        var clock = new ShiftedTime(Night.AddHours(1));
        await using var server = await ServerFixture.Start(time: clock);
        await Register(server, "QUIET", "Asia/Shanghai");
        await server.StopServer();

        clock.Set(Night.AddHours(10));
        await server.StartServer();

        Assert.Equal(Night.AddDays(1), (await Listed(server, "QUIET")).NextFireAt.ToDateTimeOffset());
        Assert.Empty(await Runs(server, "QUIET"));
    }

    [Theory]
    [InlineData("Europe/London", "2026-03-29T01:00:00Z")] // 02:00 does not exist that night: the end of the gap, 02:00 BST
    [InlineData("UTC", "2026-03-29T02:00:00Z")]
    [InlineData("America/New_York", "2026-03-29T06:00:00Z")]
    public async Task ListJobs_NightlyOfAStudy_HasItsZonesNextNight(string zone, string next)
    {
        await using var server = await ServerFixture.Start(time: new ShiftedTime(new DateTimeOffset(2026, 3, 28, 20, 0, 0, TimeSpan.Zero)));
        await Register(server, "ZONE", zone);

        var job = await Listed(server, "ZONE");

        Assert.Equal(JobNames.GradingFull, job.Job_);
        Assert.Equal($"{Study.DefaultFullGradingCron} ({zone})", job.Schedule);
        Assert.NotEmpty(job.Description);
        Assert.Equal(DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture), job.NextFireAt.ToDateTimeOffset());
    }

    [Fact]
    public async Task ListJobs_IncrementalSwitchedOff_SaysSo()
    {
        await using var server = await ServerFixture.Start();

        var job = Assert.Single((await server.Jobs.ListJobsAsync(new ListJobsRequest())).Jobs, job => job.Job_ == JobNames.GradingIncremental);

        Assert.Equal((JobNames.GradingIncremental, "", "when asked for"), (job.Job_, job.StudyId, job.Schedule));
        Assert.Null(job.NextFireAt);
    }

    [Fact]
    public async Task Incremental_NothingPending_FiresAndWritesNoRun()
    {
        await using var server = await ServerFixture.Start(
            new Dictionary<string, string?> { ["LabServer:Jobs:IncrementalInterval"] = "00:00:00.1" });
        var scheduler = await server.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        var trigger = new TriggerKey("interval", JobNames.GradingIncremental);

        await Eventually.True(
            async () => await scheduler.GetTrigger(trigger) is ISimpleTrigger { TimesTriggered: > 3 }, "it has fired several times");

        Assert.Empty((await server.Jobs.ListJobRunsAsync(new ListJobRunsRequest())).Runs);
        var jobs = (await server.Jobs.ListJobsAsync(new ListJobsRequest())).Jobs;
        Assert.Equal("every 0.1 s", Assert.Single(jobs, job => job.Job_ == JobNames.GradingIncremental).Schedule);
    }

    [Fact]
    public async Task Run_ServerStopsInTheMiddle_IsInterruptedAndRecoveredAtTheNextStart()
    {
        await using var server = await ServerFixture.Start();
        await Register(server, "STOP", "UTC");
        using var held = new ManualResetEventSlim();
        using var holding = new ManualResetEventSlim();
        // One run at a time: a run of the test's own keeps the job's waiting in its middle.
        var grading = server.Services.GetRequiredService<GradingRun>();
        var holder = Task.Run(() => grading.RunFull(
            "STOP",
            _ =>
            {
                holding.Set();
                held.Wait(Eventually.Bound);
                throw new OperationCanceledException("held long enough");
            },
            CancellationToken.None));
        Assert.True(holding.Wait(Eventually.Bound));
        var queued = (await server.Jobs.RunJobAsync(new RunJobRequest { Job = JobNames.GradingFull, StudyId = "STOP" })).Run;
        await Eventually.True(
            async () => (await server.Jobs.GetJobRunAsync(new GetJobRunRequest { RunId = queued.RunId })).Run.State == JobRunState.Running,
            "the run is under way");

        await server.StopServer();
        held.Set();
        await Assert.ThrowsAnyAsync<Exception>(() => holder);
        await server.StartServer();

        await Eventually.True(async () => (await Runs(server, "STOP")).Count == 2, "the run is fired again");
        await Eventually.True(async () => (await Runs(server, "STOP"))[0].State == JobRunState.Succeeded, "the recovered run ends");
        var runs = await Runs(server, "STOP");
        Assert.Equal((JobTrigger.Recovered, JobNames.GradingFull), (runs[0].Trigger, runs[0].Job));
        Assert.Equal((queued.RunId, JobRunState.Interrupted, JobTrigger.Requested), (runs[1].RunId, runs[1].State, runs[1].Trigger));
    }

    [Fact]
    public async Task Run_QueuedWhenTheServerWasKilled_RunsAtTheNextStart()
    {
        await using var server = await ServerFixture.Start();
        await Register(server, "QUEUED", "UTC");
        var run = await server.Services.GetRequiredService<JobRunStore>().Queue(
            JobNames.GradingFull, "QUEUED", Core.Storage.JobTrigger.Requested, Author.Server, CancellationToken.None);
        await server.StopServer();

        await server.StartServer();

        var ended = await Ended(server, "QUEUED");
        Assert.Equal((run.RunId, JobRunState.Succeeded, JobTrigger.Requested), (ended.RunId, ended.State, ended.Trigger));
    }

    [Fact]
    public async Task Study_WithAnUnusableCron_DoesNotKeepTheServerFromStarting()
    {
        await using var server = await ServerFixture.Start();
        server.ExpectError(entry => entry.EventId == 4005);
        await server.Services.GetRequiredService<StudyStore>().Create(
            new Study { StudyId = "BAD", FullGradingCron = "every night" }, Author.Server, CancellationToken.None);
        await server.StopServer();

        await server.StartServer();

        Assert.Contains(server.Log, entry => entry.EventId == 4005);
        Assert.Null((await Listed(server, "BAD")).NextFireAt);
    }

    [Fact]
    public async Task Study_WithACronLongerThanMayBeGivenNow_IsScheduledAsItWas()
    {
        await using var server = await ServerFixture.Start();
        await server.Services.GetRequiredService<StudyStore>().Create(
            new Study { StudyId = "LONG", FullGradingCron = "0 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44 2 * * ?" },
            Author.Server,
            CancellationToken.None);
        await server.StopServer();

        await server.StartServer();

        Assert.NotNull((await Listed(server, "LONG")).NextFireAt);
    }

    [Fact]
    public async Task Reconcile_WhatNobodyCameToSchedule_IsScheduled()
    {
        await using var server = await ServerFixture.Start(time: new ShiftedTime(Night));
        await Register(server, "OLD", "UTC");
        var studies = server.Services.GetRequiredService<StudyStore>();
        await studies.ChangeReportCron(studies.Find("OLD")!.StudyKey, "0 0 20 * * ?", Author.Server, CancellationToken.None);
        await studies.Create(new Study { StudyId = "NEW", TimeZone = "UTC" }, Author.Server, CancellationToken.None);
        Assert.Null((await Listed(server, "NEW")).NextFireAt);
        var upkeep = ActivatorUtilities.CreateInstance<ScheduleUpkeep>(server.Services, new SqlServerDialect("Server=none;Database=none"));

        await upkeep.Reconcile(CancellationToken.None);

        Assert.Equal(Night.AddHours(8), (await Listed(server, "NEW")).NextFireAt.ToDateTimeOffset());
        var report = Assert.Single(
            (await server.Jobs.ListJobsAsync(new ListJobsRequest())).Jobs, job => job.StudyId == "OLD" && job.Job_ == JobNames.Report);
        Assert.Equal(Night.AddHours(2), report.NextFireAt.ToDateTimeOffset());
    }

    private static async Task Register(ServerFixture server, string studyId, string zone)
    {
        var study = new Study { StudyId = studyId, TimeZone = zone };
        await server.Services.GetRequiredService<StudyStore>().Create(study, Author.Server, CancellationToken.None);
        await server.Services.GetRequiredService<JobSchedule>().ScheduleStudy(study, CancellationToken.None);
    }

    private static async Task<Job> Listed(ServerFixture server, string studyId) =>
        Assert.Single((await server.Jobs.ListJobsAsync(new ListJobsRequest())).Jobs, job => job.StudyId == studyId && job.Job_ == JobNames.GradingFull);

    private static async Task<IReadOnlyList<JobRun>> Runs(ServerFixture server, string studyId) =>
        (await server.Jobs.ListJobRunsAsync(new ListJobRunsRequest { StudyId = studyId, Job = JobNames.GradingFull })).Runs;

    private static Task<JobRun> Ended(ServerFixture server, string studyId) => Eventually.NotNull(
        async () => (await Runs(server, studyId)).FirstOrDefault(run => run.EndedAt is not null), $"a run of {studyId} ends");
}

using Grpc.Core;
using LabServer.Api;
using LabServer.Api.V1;
using LabServer.Core.Reports;
using LabServer.Core.Storage;
using LabServer.Jobs;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using JobRun = LabServer.Api.V1.JobRun;
using JobRunState = LabServer.Api.V1.JobRunState;
using JobsService = LabServer.Api.V1.JobsService;
using JobTrigger = LabServer.Api.V1.JobTrigger;

namespace LabServer.Tests.Reports;

/// <summary>When reports are made: by the study's schedule in its zone, over nights without a server, and over kills.</summary>
public sealed class ReportScheduleTests
{
    // 05:00 in Shanghai is 21:00 UTC of the day before.
    private static readonly DateTimeOffset Morning = new(2026, 3, 1, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Report_AtItsCronInTheStudysZone_IsMade()
    {
        var clock = new ShiftedTime(Morning.AddSeconds(-2));
        await using var server = await ServerFixture.Start(time: clock);
        await Create(server, "NIGHT", "Asia/Shanghai");

        var run = await Ended(server, "NIGHT");

        Assert.Equal((JobTrigger.Scheduled, JobRunState.Succeeded), (run.Trigger, run.State));
        var report = Assert.Single((await server.Reports.ListReportsAsync(new ListReportsRequest { StudyId = "NIGHT" })).Reports);
        Assert.Equal(run.RunId, report.RunId);
        Assert.InRange(report.CutOff.ToDateTimeOffset(), Morning, Morning.AddSeconds(20));
        Assert.Equal(Morning.AddDays(1), await Next(server, "NIGHT"));
    }

    [Fact]
    public async Task Report_MissedWhileTheServerWasDown_IsMadeOnceAtStart()
    {
        var clock = new ShiftedTime(Morning.AddHours(-5));
        await using var server = await ServerFixture.Start(time: clock);
        await Create(server, "MISSED", "Asia/Shanghai");
        await server.StopServer();

        // Three mornings pass.
        clock.Set(Morning.AddDays(2).AddHours(2));
        await server.StartServer();

        Assert.Equal((JobTrigger.Scheduled, JobRunState.Succeeded), (await Ended(server, "MISSED")) is var run ? (run.Trigger, run.State) : default);
        Assert.Equal(Morning.AddDays(3), await Next(server, "MISSED"));
        Assert.Single((await server.Reports.ListReportsAsync(new ListReportsRequest { StudyId = "MISSED" })).Reports);
    }

    [Theory]
    [InlineData("Europe/London", "0 30 1 * * ?", "2026-03-28T20:00:00Z", "2026-03-29T01:00:00Z")] // 01:30 does not exist that night: the end of the gap
    [InlineData("Europe/London", "0 0 5 * * ?", "2026-03-28T20:00:00Z", "2026-03-29T04:00:00Z")] // summer time has begun
    [InlineData("America/New_York", "0 0 5 * * ?", "2026-10-31T20:00:00Z", "2026-11-01T10:00:00Z")] // winter time has begun
    [InlineData("UTC", "", "2026-03-28T20:00:00Z", "2026-03-29T05:00:00Z")] // the default
    public async Task ListJobs_ReportOfAStudy_HasItsZonesNextMorning(string zone, string cron, string now, string next)
    {
        await using var server = await ServerFixture.Start(time: new ShiftedTime(At(now)));
        await Create(server, "ZONE", zone, cron);

        Assert.Equal(At(next), await Next(server, "ZONE"));
    }

    [Fact]
    public async Task ChangedSchedule_TakesEffectAtOnceAndAfterARestart()
    {
        await using var server = await ServerFixture.Start(time: new ShiftedTime(Morning));
        await Create(server, "CHANGE", "Asia/Shanghai");

        var changed = await server.Studies.ChangeStudySettingsAsync(new ChangeStudySettingsRequest { StudyId = "CHANGE", ReportCron = "0 15 6 * * ?" });

        Assert.Equal("0 15 6 * * ?", changed.Study.ReportCron);
        Assert.Equal(Morning.AddMinutes(75), await Next(server, "CHANGE"));
        await server.StopServer();
        await server.StartServer();
        Assert.Equal(Morning.AddMinutes(75), await Next(server, "CHANGE"));
        Assert.Equal("0 15 6 * * ?", (await server.Studies.GetStudyAsync(new GetStudyRequest { StudyId = "CHANGE" })).Study.ReportCron);
    }

    [Fact]
    public async Task WrongCron_IsRefusedWithItsField()
    {
        await using var server = await ServerFixture.Start();
        var create = await Assert.ThrowsAsync<RpcException>(() => Create(server, "BAD", "UTC", "every morning"));
        await Create(server, "GOOD", "UTC");
        var change = await Assert.ThrowsAsync<RpcException>(
            () => server.Studies.ChangeStudySettingsAsync(new ChangeStudySettingsRequest { StudyId = "GOOD", ReportCron = "" }).ResponseAsync);

        Assert.Equal("study.report_cron", Assert.Single(RpcFault.Read(create).Violations).Field);
        Assert.Equal("report_cron", Assert.Single(RpcFault.Read(change).Violations).Field);
    }

    [Fact]
    public async Task RecoveredRun_OfAReportThatIsStored_MakesNoSecondOne()
    {
        await using var server = await ServerFixture.Start();
        await Create(server, "KILLED", "UTC");
        var runs = server.Services.GetRequiredService<JobRunStore>();
        var study = server.Services.GetRequiredService<StudyStore>().Find("KILLED")!;
        var dead = ActivatorUtilities.CreateInstance<JobRunStore>(
            server.Services, new ServerLease(server.Services.GetRequiredService<Database>(), "killed", TimeSpan.FromSeconds(1)));
        var killed = await dead.Begin(dead.NewId(), JobNames.Report, "KILLED", Core.Storage.JobTrigger.Scheduled, CancellationToken.None);
        await runs.MarkInterrupted(CancellationToken.None);
        var recovered = await runs.Begin(runs.NewId(), JobNames.Report, "KILLED", Core.Storage.JobTrigger.Recovered, CancellationToken.None);
        var job = ActivatorUtilities.CreateInstance<ReportJob>(server.Services);
        var firing = new JobFiring("KILLED", "", Core.Storage.JobTrigger.Recovered);
        Assert.False(await job.IsMade(firing, recovered.RunId, study, CancellationToken.None), "it was killed before its report was stored");

        await server.Services.GetRequiredService<SafetyReportRun>().Make(study, killed.RunId, _ => { }, CancellationToken.None);

        Assert.True(await job.IsMade(firing, recovered.RunId, study, CancellationToken.None));
        Assert.True(await job.IsMade(firing with { RunId = killed.RunId }, recovered.RunId, study, CancellationToken.None));
    }

    [Theory]
    [InlineData(false, Core.Storage.JobRunState.Interrupted)]
    [InlineData(true, Core.Storage.JobRunState.Interrupted)]
    [InlineData(true, Core.Storage.JobRunState.Succeeded)]
    public async Task RecoveredRun_OfARunThatHasNotEnded_WaitsForItsEnd(bool isStored, Core.Storage.JobRunState ended)
    {
        await using var server = await ServerFixture.Start();
        await Create(server, "SLOW", "UTC");
        var (runs, changes) = (server.Services.GetRequiredService<JobRunStore>(), server.Services.GetRequiredService<JobRunChanges>());
        var study = server.Services.GetRequiredService<StudyStore>().Find("SLOW")!;
        var slow = await runs.Begin(runs.NewId(), JobNames.Report, "SLOW", Core.Storage.JobTrigger.Scheduled, CancellationToken.None);
        var recovered = await runs.Begin(runs.NewId(), JobNames.Report, "SLOW", Core.Storage.JobTrigger.Recovered, CancellationToken.None);

        var made = ActivatorUtilities.CreateInstance<ReportJob>(server.Services).IsMade(
            new JobFiring("SLOW", "", Core.Storage.JobTrigger.Recovered), recovered.RunId, study, CancellationToken.None);
        Assert.False(made.IsCompleted);
        if (isStored)
        {
            await server.Services.GetRequiredService<SafetyReportRun>().Make(study, slow.RunId, _ => { }, CancellationToken.None);
        }

        await runs.End(slow.RunId, ended, default, "", CancellationToken.None);
        changes.Announce();

        Assert.Equal(isStored, await made.WaitAsync(Eventually.Bound));
    }

    [Fact]
    public async Task Report_ServerIsKilledAsItIsAskedFor_IsMadeOnceAndWhole()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.Start(
            folder.Path, new Dictionary<string, string> { ["LABSERVER__JOBS__INCREMENTALINTERVAL"] = "00:00:00" });
        using var before = server.OpenChannel();
        await SmallTrial.Push(before, "TRIAL", subjects: 50, days: 10);
        await new JobsService.JobsServiceClient(before).RunJobAsync(new RunJobRequest { Job = JobNames.Report, StudyId = "TRIAL" });

        await server.Kill();
        await server.Restart();

        using var after = server.OpenChannel();
        var (jobs, reports) = (new JobsService.JobsServiceClient(after), new ReportsService.ReportsServiceClient(after));
        await Eventually.True(
            async () => (await jobs.ListJobRunsAsync(new ListJobRunsRequest { Job = JobNames.Report })).Runs is [{ State: JobRunState.Succeeded }, ..],
            "the run ends");
        Assert.Single((await reports.ListReportsAsync(new ListReportsRequest { StudyId = "TRIAL" })).Reports);
        Assert.True((await reports.RemakeReportAsync(new RemakeReportRequest { StudyId = "TRIAL" })).Same);
    }

    private static async Task Create(ServerFixture server, string studyId, string zone, string cron = "") => await server.Studies.CreateStudyAsync(
        new CreateStudyRequest { Study = new Study { StudyId = studyId, TimeZone = zone, ReportCron = cron } });

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<DateTimeOffset> Next(ServerFixture server, string studyId) => Assert.Single(
        (await server.Jobs.ListJobsAsync(new ListJobsRequest())).Jobs, job => job.StudyId == studyId && job.Job_ == JobNames.Report).NextFireAt.ToDateTimeOffset();

    private static Task<JobRun> Ended(ServerFixture server, string studyId) => Eventually.NotNull(
        async () => (await server.Jobs.ListJobRunsAsync(new ListJobRunsRequest { StudyId = studyId, Job = JobNames.Report })).Runs.FirstOrDefault(run => run.EndedAt is not null),
        $"a report of {studyId} ends");
}

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
using JobTrigger = LabServer.Core.Storage.JobTrigger;

namespace LabServer.Tests.Jobs;

/// <summary>Jobs of a server that shares its database with others.</summary>
public sealed class SharedJobsTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServerFixture _server = null!;

    [Fact]
    public async Task Incremental_ScheduledDuringARun_IsLeftToOthersAndOneThatIsAskedForWaits()
    {
        await SmallTrial.Push(_server.Channel, "LONG", subjects: 1, days: 0);
        using var held = new ManualResetEventSlim();
        using var holding = new ManualResetEventSlim();
        // A run of the test's own that does not end.
        var holder = Task.Run(() => _server.Services.GetRequiredService<GradingRun>().RunFull(
            "LONG",
            _ =>
            {
                holding.Set();
                held.Wait(Eventually.Bound);
            },
            CancellationToken.None));
        Assert.True(holding.Wait(Eventually.Bound));
        await SmallTrial.PushDays(_server.Channel, "LONG", ["0001"], firstDay: 1, days: 1);
        var fired = await TimesFired();

        await Eventually.True(async () => await TimesFired() > fired + 2, "it fires and ends several times");

        Assert.Empty(await Runs());
        var asked = (await _server.Jobs.RunJobAsync(new RunJobRequest { Job = JobNames.GradingIncremental, StudyId = "LONG" })).Run;
        await Eventually.True(async () => (await Find(asked.RunId)).State == JobRunState.Running, "the run that was asked for waits");
        held.Set();
        await holder;
        await Eventually.True(async () => (await Find(asked.RunId)).State == JobRunState.Succeeded, "the run that was asked for ends");
    }

    [Fact]
    public async Task Run_QueuedByAServerThatDiedBeforeItFiredIt_IsFiredByAnother()
    {
        await SmallTrial.Push(_server.Channel, "QUEUED", subjects: 1, days: 1);
        var queued = await _server.Services.GetRequiredService<JobRunStore>().Queue(
            JobNames.GradingFull, "QUEUED", JobTrigger.Requested, Author.Server, CancellationToken.None);

        await Eventually.True(async () => (await Find(queued.RunId)).State == JobRunState.Succeeded, "the run is fired");

        Assert.Single(await Runs(), run => run.Job == JobNames.GradingFull);
    }

    public async Task InitializeAsync() => _server = await ServerFixture.Start(new Dictionary<string, string?>
    {
        ["LabServer:Storage:SharedFile"] = Path.Combine(_folder.Path, "shared.db"),
        ["LabServer:Storage:ServerLease"] = "00:00:01",
        ["LabServer:Jobs:IncrementalInterval"] = "00:00:00.1",
    });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    private async Task<IReadOnlyList<JobRun>> Runs() => (await _server.Jobs.ListJobRunsAsync(new ListJobRunsRequest())).Runs;

    private async Task<JobRun> Find(string runId) => (await _server.Jobs.GetJobRunAsync(new GetJobRunRequest { RunId = runId })).Run;

    private async Task<int> TimesFired()
    {
        var scheduler = await _server.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        return (await scheduler.GetTrigger(new TriggerKey("interval", JobNames.GradingIncremental)) as ISimpleTrigger)!.TimesTriggered;
    }
}

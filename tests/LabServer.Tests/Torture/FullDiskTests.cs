using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>The disk fills up under a server at work, and space comes back.</summary>
[Trait(Battery.Name, Battery.Value)]
public sealed class FullDiskTests
{
    private const string StudyId = "FULL";
    private const int Subjects = 20;

    [FaultyDiskFact]
    public async Task Server_DiskFillsUpAndIsFreedAgain_RefusesWritesServesReadsAndGoesOnWithoutARestart()
    {
        using var folder = new TemporaryFolder();
        using var disk = new FaultyDisk(files: folder.Path);
        // No grading by itself: what runs, and when, is the test's.
        await using var server = await ServerProcess.Start(
            folder.Path, new Dictionary<string, string>(disk.Environment) { ["LABSERVER__JOBS__INCREMENTALINTERVAL"] = "00:00:00" });
        using var channel = server.OpenChannel();
        var (studies, ingestion) = (new StudiesService.StudiesServiceClient(channel), new IngestionService.IngestionServiceClient(channel));
        var (jobs, summaries) = (new JobsService.JobsServiceClient(channel), new SummariesService.SummariesServiceClient(channel));
        await SmallTrial.Push(channel, StudyId, Subjects, days: 20);
        await Run("grading-incremental");

        // Full in the middle of a run: some thousand writes into it, or before it begins.
        var rounds = Battery.Size(inSuite: 1, whole: 20);
        var random = new Random(Battery.Seed);
        var day = 20;
        for (var round = 0; round < rounds; round++)
        {
            var queued = (await jobs.RunJobAsync(new RunJobRequest { Job = round % 2 == 0 ? "grading-full" : "report", StudyId = StudyId })).Run;
            disk.Fail(DiskCalls.Writes, FaultyDisk.NoSpace, nth: random.Next(1, 30));
            await Eventually.True(IsRefused, "the disk is full");

            var refused = await Refused.With(StatusCode.ResourceExhausted, "DISK_FULL", ingestion.SubmitResultsAsync(Batch("refused", round)));
            Assert.NotNull(refused.RetryAfter);
            await Refused.With(StatusCode.ResourceExhausted, "DISK_FULL", jobs.RunJobAsync(new RunJobRequest { Job = "report", StudyId = StudyId }));
            Assert.Equal(day * Subjects, (await studies.GetStudyAsync(new GetStudyRequest { StudyId = StudyId })).Results);
            Assert.NotEmpty((await ingestion.ListResultsAsync(new ListResultsRequest { StudyId = StudyId })).Results);
            Assert.NotEmpty((await summaries.SummarizeAdverseEventsAsync(
                new SummarizeAdverseEventsRequest { StudyId = StudyId, RuleSetId = "ctcae-5.0" })).ToString());

            disk.Heal();
            await Eventually.True(async () => (await jobs.GetJobRunAsync(new GetJobRunRequest { RunId = queued.RunId })).Run.State == JobRunState.Succeeded, $"{queued.Job} goes on by itself");
            await SmallTrial.PushDays(channel, StudyId, [.. Enumerable.Range(1, Subjects).Select(number => FormattableString.Invariant($"{number:0000}"))], ++day, days: 1);
            foreach (var job in new[] { "grading-incremental", "grading-full", "report", "backup" })
            {
                await Run(job);
            }
        }

        Battery.Report("disk full and freed again", $"{rounds} times: writes RESOURCE_EXHAUSTED, reads served; running and new grading, report and backup succeed after, without a restart");

        async Task<bool> IsRefused()
        {
            try
            {
                await studies.CreateStudyAsync(
                    new CreateStudyRequest { Study = new Study { StudyId = $"X{Guid.NewGuid():N}" } }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Eventually.Bound);
                return false;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.ResourceExhausted)
            {
                return true;
            }
        }

        async Task Run(string job)
        {
            var run = (await jobs.RunJobAsync(new RunJobRequest { Job = job, StudyId = job == "backup" ? "" : StudyId })).Run;
            await Eventually.True(async () => (run = (await jobs.GetJobRunAsync(new GetJobRunRequest { RunId = run.RunId })).Run).EndedAt is not null, $"{job} ends");
            Assert.True(run.State == JobRunState.Succeeded, $"{job}: {run}");
        }

        static SubmitResultsRequest Batch(string prefix, int round) => new()
        {
            StudyId = StudyId,
            Laboratory = Trial.Laboratory,
            Results = { Trial.ManyAlt(FormattableString.Invariant($"{prefix}{round}-"), 10) },
        };
    }
}

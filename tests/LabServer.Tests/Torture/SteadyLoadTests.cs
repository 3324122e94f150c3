using System.Diagnostics;
using System.Globalization;
using LabServer.Api.V1;
using LabServer.Core.Tests.Support;
using LabServer.Tests.Support;

namespace LabServer.Tests.Torture;

/// <summary>Results at a steady rate, graded as they come: nothing piles up in memory or in the database's log.</summary>
[Trait(Battery.Name, Battery.Value)]
public sealed class SteadyLoadTests
{
    private const string StudyId = "STEADY";
    private const int RatePerSecond = 2_000;
    private const int BatchSize = 200;
    private const int ResultsOfASubject = 1_000;
    private const long Megabyte = 1 << 20;

    // The log is taken up every 4,000 pages (16 MB); what a long read or a large grading chunk holds back comes on top.
    private const long MostLog = 256 * Megabyte;

    private static readonly TimeSpan BetweenBatches = TimeSpan.FromSeconds((double)BatchSize / RatePerSecond);

    [Fact]
    public async Task SubmitResults_AtASteadyRateWithGradingBeside_NeedsNoMoreMemoryAndLogAsItGoesOn()
    {
        var batches = Battery.Size(inSuite: 20, whole: 1800) * RatePerSecond / BatchSize;
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.Start(
            folder.Path, new Dictionary<string, string> { ["LABSERVER__JOBS__INCREMENTALINTERVAL"] = "00:00:02" });
        using var channel = server.OpenChannel();
        await Register(channel, batches * BatchSize / ResultsOfASubject);
        var ingestion = new IngestionService.IngestionServiceClient(channel);
        using var timer = new PeriodicTimer(BetweenBatches);
        var log = new FileInfo(Path.Combine(folder.Path, "labserver.db-wal"));
        var (atAThird, slowest, longestLog) = (0L, TimeSpan.Zero, 0L);
        var watch = Stopwatch.StartNew();
        for (var batch = 0; batch < batches; batch++)
        {
            var began = watch.Elapsed;
            var outcome = (await ingestion.SubmitResultsAsync(Batch(batch))).Outcome;
            slowest = watch.Elapsed - began > slowest ? watch.Elapsed - began : slowest;
            Assert.All(outcome.Dispositions, disposition => Assert.Equal(Disposition.Accepted, disposition));
            log.Refresh();
            longestLog = Math.Max(longestLog, log.Length);
            atAThird = batch == batches / 3 ? server.MemoryBytes : atAThird;
            // Where sending took longer than its share of the second the tick is there already.
            await timer.WaitForNextTickAsync();
        }

        var (atTheEnd, elapsed) = (server.MemoryBytes, watch.Elapsed);
        var graded = (await new JobsService.JobsServiceClient(channel).ListJobRunsAsync(new ListJobRunsRequest { Job = "grading-incremental", PageSize = 1000 })).Runs;
        Assert.NotEmpty(graded);
        Assert.DoesNotContain(graded, run => run.State == JobRunState.Failed);
        Assert.Equal((long)batches * BatchSize, (await new StudiesService.StudiesServiceClient(channel).GetStudyAsync(new GetStudyRequest { StudyId = StudyId })).Results);
        Assert.True(longestLog < MostLog, $"the log had {longestLog / Megabyte} MB");
        if (Battery.IsWhole)
        {
            // In the seconds of the suite the runtime itself is still growing.
            Assert.True(atTheEnd < (atAThird * 5 / 4) + (32 * Megabyte), $"{atAThird / Megabyte} MB at a third, {atTheEnd / Megabyte} MB at the end");
        }

        Battery.Report(
            "steady 2,000 results/s with grading beside",
            $"{batches * BatchSize} results in {elapsed.TotalMinutes:0.0} min ({batches * BatchSize / elapsed.TotalSeconds:0}/s), 0 errors, {graded.Count} newest grading runs succeeded; resident {atAThird / Megabyte} MB at a third, {atTheEnd / Megabyte} MB at the end; log at most {longestLog / Megabyte} MB; slowest answer {slowest.TotalMilliseconds:0} ms");
    }

    private static async Task Register(Grpc.Core.ChannelBase channel, int subjects)
    {
        var studies = new StudiesService.StudiesServiceClient(channel);
        await studies.CreateStudyAsync(new CreateStudyRequest { Study = new Study { StudyId = StudyId } });
        var all = Enumerable.Range(0, subjects + 1).Select(number => new Subject { SubjectId = NameOf(number), Arm = "A", Sex = Sex.Male, FirstDoseAt = "2021-03-01" });
        foreach (var some in all.Chunk(1000))
        {
            await studies.ImportSubjectsAsync(new ImportSubjectsRequest { StudyId = StudyId, Subjects = { some } });
        }
    }

    private static string NameOf(int subject) => subject.ToString("00000", CultureInfo.InvariantCulture);

    // A subject's results come in one after another, then the next one's: what is graded again stays as much.
    private static SubmitResultsRequest Batch(int batch) => new()
    {
        StudyId = StudyId,
        Laboratory = Trial.Laboratory,
        Results =
        {
            Enumerable.Range(batch * BatchSize, BatchSize).Select(number => Trial.Alt(
                number.ToString(CultureInfo.InvariantCulture),
                (20 + (number * 7 % 300)).ToString(CultureInfo.InvariantCulture),
                new DateOnly(2021, 1, 1).AddDays(number % ResultsOfASubject).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                NameOf(number / ResultsOfASubject))),
        },
    };
}

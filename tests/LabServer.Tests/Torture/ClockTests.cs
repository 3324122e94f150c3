using System.Globalization;
using Dapper;
using LabServer.Api.V1;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using LabServer.Jobs;
using LabServer.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using JobRunState = LabServer.Api.V1.JobRunState;
using JobTrigger = LabServer.Api.V1.JobTrigger;

namespace LabServer.Tests.Torture;

/// <summary>The clock jumps: each night has its one run, and the audit trail keeps its order.</summary>
[Trait(Battery.Name, Battery.Value)]
public sealed class ClockTests
{
    private const string StudyId = "CLOCK";
    private const string SelectTrail = "SELECT at_us FROM audit_entry ORDER BY entry_number";

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(30);

    /// <summary>A night's cron in a zone, the hours that pass, and where the clock is set in between.</summary>
    public static TheoryData<string, string, string, string, string, string, int> Nights => new()
    {
        // case; zone; cron; from; to; jumps: at → to; nights
        { "spring, at an hour that there is not", "Europe/London", "0 30 1 * * ?", "2026-03-28T00:10Z", "2026-03-30T04:10Z", "", 3 },
        { "autumn, at an hour that there is twice", "Europe/London", "0 30 1 * * ?", "2026-10-24T00:10Z", "2026-10-26T04:10Z", "", 3 },
        { "spring, west", "America/New_York", "0 30 2 * * ?", "2026-03-07T05:10Z", "2026-03-09T09:10Z", "", 3 },
        { "autumn, west", "America/New_York", "0 30 1 * * ?", "2026-10-31T04:10Z", "2026-11-02T09:10Z", "", 3 },
        { "29 February", "Asia/Shanghai", "0 0 2 * * ?", "2028-02-27T17:10Z", "2028-03-01T19:10Z", "", 4 },
        { "a day back, after the night's run", "UTC", "0 0 2 * * ?", "2026-05-05T00:10Z", "2026-05-06T04:10Z", "2026-05-05T03:10Z → 2026-05-04T03:10Z", 2 },
        { "an hour ahead, over the run's time", "UTC", "0 0 2 * * ?", "2026-05-05T00:10Z", "2026-05-06T04:10Z", "2026-05-05T01:40Z → 2026-05-05T02:40Z", 2 },
        { "an hour back, over the run's time", "UTC", "0 0 2 * * ?", "2026-05-05T00:10Z", "2026-05-06T04:10Z", "2026-05-05T02:10Z → 2026-05-05T01:10Z", 2 },
    };

    [Theory]
    [MemberData(nameof(Nights))]
    public async Task Nightly_OverClocksThatJump_RunsOnceANightAndTheTrailKeepsItsOrder(
        string what, string zone, string cron, string from, string to, string jump, int nights)
    {
        var now = At(from);
        var clock = new ShiftedTime(now);
        await using var server = await ServerFixture.Start(time: clock);
        await server.Studies.CreateStudyAsync(new CreateStudyRequest
        {
            Study = new Study { StudyId = StudyId, TimeZone = zone, FullGradingCron = cron, ReportCron = cron },
        });
        var scheduler = await server.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        while (now < At(to))
        {
            now = jump.Length > 0 && jump.StartsWith(now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                ? At(jump.Split(" → ")[1])
                : now + Step;
            clock.Set(now);
            if (jump.Length > 0 && now == At(jump.Split(" → ")[1]))
            {
                jump = "";
            }

            await LetFire(server, scheduler, clock);
        }

        var runs = (await server.Jobs.ListJobRunsAsync(new ListJobRunsRequest { StudyId = StudyId, PageSize = 1000 })).Runs.Where(run => run.Trigger != JobTrigger.Requested).ToList();
        Assert.All(runs, run => Assert.Equal(JobRunState.Succeeded, run.State));
        foreach (var job in new[] { JobNames.GradingFull, JobNames.Report })
        {
            var started = runs.Where(run => run.Job == job).Select(run => run.StartedAt.ToDateTimeOffset()).ToList();
            Assert.True(started.Count == nights, $"{what}: {job} at {string.Join(", ", started)}");
        }

        using var connection = server.Services.GetRequiredService<Database>().Read();
        var trail = connection.Query<long>(SelectTrail).AsList();
        Assert.Equal(trail.Order(), trail);
        Battery.Report($"clock: {what}", $"{nights} nights, {nights} runs of each nightly job; {trail.Count} entries of the trail in order");
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    // A schedule that sleeps looks at the clock when something is added to it; what was due by then is fired with that.
    private static async Task LetFire(ServerFixture server, IScheduler scheduler, ShiftedTime clock)
    {
        await server.Jobs.RunJobAsync(new RunJobRequest { Job = JobNames.GradingIncremental, StudyId = StudyId });
        await Eventually.True(
            async () =>
            {
                foreach (var job in new[] { JobNames.GradingFull, JobNames.Report })
                {
                    var trigger = await scheduler.GetTrigger(new TriggerKey(StudyId, job));
                    if (trigger?.NextFireTimeUtc is not { } next || next <= clock.GetUtcNow())
                    {
                        return false;
                    }
                }

                var runs = await server.Jobs.ListJobRunsAsync(new ListJobRunsRequest { StudyId = StudyId, PageSize = 10 });
                return runs.Runs.All(run => run.EndedAt is not null);
            },
            "what is due has run");
    }
}

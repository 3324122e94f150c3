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

    /// <summary>Where the clock is set, one after the other, and how often a job of 02:00 UTC has run then.</summary>
    public static TheoryData<string, string[], int> Jumps
    {
        get
        {
            var jumps = new TheoryData<string, string[], int>
            {
                {
                    "a day back, after the night's run",
                    ["2026-05-05T01:59:59.5Z", "2026-05-04T03:00Z", "2026-05-05T01:59:59.5Z", "2026-05-06T01:59:59.5Z"],
                    2
                },
            };
            if (Battery.IsWhole)
            {
                // Found by a look that the schedule takes once a minute.
                jumps.Add("an hour ahead, over the run's time", ["2026-05-05T01:40Z", "2026-05-05T02:40Z", "2026-05-06T01:59:59.5Z"], 2);
                jumps.Add("an hour back, over the run's time", ["2026-05-05T01:59:59.5Z", "2026-05-05T01:10Z", "2026-05-05T01:59:59.5Z", "2026-05-06T01:59:59.5Z"], 2);
            }

            return jumps;
        }
    }

    [Theory]
    [InlineData("Europe/London", "0 30 1 * * ?")] // in spring an hour that there is not, in autumn one that there is twice
    [InlineData("Europe/London", "0 0 2 * * ?")]
    [InlineData("America/New_York", "0 30 2 * * ?")]
    [InlineData("America/New_York", "0 30 1 * * ?")]
    [InlineData("Asia/Shanghai", "0 0 2 * * ?")]
    [InlineData("UTC", "0 0 2 * * ?")]
    public void Nightly_OverTheNightsOfFourYears_IsDueOnceInEachOfThem(string zone, string cron)
    {
        var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var due = new List<DateOnly>();
        var (first, last) = (new DateTimeOffset(2025, 12, 31, 23, 59, 59, TimeSpan.Zero), new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var schedule = new CronExpression(cron, place);
        for (var at = schedule.GetNextValidTimeAfter(first); at < last; at = schedule.GetNextValidTimeAfter(at.Value))
        {
            due.Add(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at.Value, place).DateTime));
        }

        Assert.Equal(Enumerable.Range(0, due.Count).Select(day => due[0].AddDays(day)), due);
        Assert.Contains(new DateOnly(2028, 2, 29), due);
        Battery.Report($"nights of four years: {zone} {cron}", $"{due.Count} nights, {due.Count} runs due");
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task Nightly_ClockJumps_RunsOnceANightAndTheTrailKeepsItsOrder(string what, string[] settings, int nights)
    {
        var clock = new ShiftedTime(At(settings[0]).AddHours(-1));
        await using var server = await ServerFixture.Start(time: clock);
        const string Cron = "0 0 2 * * ?";
        await server.Studies.CreateStudyAsync(new CreateStudyRequest
        {
            Study = new Study { StudyId = StudyId, TimeZone = "UTC", FullGradingCron = Cron, ReportCron = Cron },
        });
        var scheduler = await server.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        foreach (var setting in settings)
        {
            clock.Set(At(setting));
            await LetFire(server, scheduler, clock, At(setting).AddSeconds(1));
        }

        var runs = (await server.Jobs.ListJobRunsAsync(new ListJobRunsRequest { StudyId = StudyId, PageSize = 1000 })).Runs
            .Where(run => run.Trigger != JobTrigger.Requested).ToList();
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

    // A schedule that sleeps looks at the clock when something is added to it.
    private static async Task LetFire(ServerFixture server, IScheduler scheduler, ShiftedTime clock, DateTimeOffset until)
    {
        await server.Jobs.RunJobAsync(new RunJobRequest { Job = JobNames.GradingIncremental, StudyId = StudyId });
        await Eventually.True(
            async () =>
            {
                foreach (var job in new[] { JobNames.GradingFull, JobNames.Report })
                {
                    var trigger = await scheduler.GetTrigger(new TriggerKey(StudyId, job));
                    if (clock.GetUtcNow() < until || trigger?.NextFireTimeUtc is not { } next || next <= clock.GetUtcNow())
                    {
                        return false;
                    }
                }

                var runs = await server.Jobs.ListJobRunsAsync(new ListJobRunsRequest { StudyId = StudyId, PageSize = 20 });
                return runs.Runs.All(run => run.EndedAt is not null);
            },
            "what is due has run",
            TimeSpan.FromSeconds(150));
    }
}

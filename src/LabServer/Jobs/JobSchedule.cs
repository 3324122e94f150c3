using System.Globalization;
using LabServer.Backups;
using LabServer.Core;
using LabServer.Core.Storage;
using Microsoft.Extensions.Options;
using Quartz;

namespace LabServer.Jobs;

/// <summary>All jobs and all their triggers. The schedule itself is kept by Quartz, on disk.</summary>
internal sealed class JobSchedule(
    ISchedulerFactory factory, StudyStore studies, Dialect dialect, IOptions<JobsOptions> options, IOptions<BackupsOptions> backups, TimeProvider time,
    ILogger<JobSchedule> logger)
{
    // The schedule's tables on SQL Server hold no more characters.
    private const int MaximumCron = 120;

    private const string RequestedGroup = "requested";

    private static readonly JobKey Incremental = new(JobNames.GradingIncremental);
    private static readonly JobKey Full = new(JobNames.GradingFull);
    private static readonly JobKey Report = new(JobNames.Report);
    private static readonly JobKey Backup = new(JobNames.Backup);
    private static readonly TriggerKey EveryNight = new("nightly", JobNames.Backup);
    private static readonly TriggerKey EveryInterval = new("interval", JobNames.GradingIncremental);

    /// <summary>Whether something can be scheduled by <paramref name="cron"/>.</summary>
    public static bool IsCron(string cron) => CronExpression.TryParse(cron, out _);

    /// <summary>
    /// Why a study may not be given <paramref name="cron"/> as its nightly schedule; null: it may. One that it has been given before there
    /// was a bound stays good on a file.
    /// </summary>
    /// <param name="field">The field that holds it.</param>
    /// <param name="cron">The cron.</param>
    public static string? FaultOf(string field, string cron) =>
        cron.Length <= MaximumCron && IsCron(cron) ? null : FormattableString.Invariant($"{field} is no Quartz cron expression of at most {MaximumCron} characters.");

    /// <summary>Schedules everything, at start: what is scheduled already stays, with the firings it has missed.</summary>
    public async Task ScheduleAll(CancellationToken cancellation)
    {
        var scheduler = await factory.GetScheduler(cancellation);
        await scheduler.AddJob(Describe<GradingIncrementalJob>(Incremental), AddJobOptions.Replacing, cancellation);
        await scheduler.AddJob(Describe<GradingFullJob>(Full), AddJobOptions.Replacing, cancellation);
        await scheduler.AddJob(Describe<ReportJob>(Report), AddJobOptions.Replacing, cancellation);
        await scheduler.AddJob(Describe<BackupJob>(Backup), AddJobOptions.Replacing, cancellation);
        await ScheduleIncremental(scheduler, cancellation);
        await ScheduleBackup(scheduler, cancellation);
        await ScheduleStudies(cancellation);
    }

    /// <summary>Schedules the nightly jobs of all studies, as far as they are not scheduled so already.</summary>
    public async Task ScheduleStudies(CancellationToken cancellation)
    {
        foreach (var study in studies.All())
        {
            await ScheduleStudy(study, cancellation);
        }
    }

    /// <summary>
    /// Waits for a change of the schedule, but not for as long as its file cannot be written: Quartz tries again and lets nobody
    /// else have a look until it has succeeded. The change then follows when it can, and at the latest at the next start.
    /// </summary>
    public async Task Soon(Func<Task> change)
    {
        // On a thread of its own: SQLite waits for a lock without giving the thread back.
        var changing = Task.Run(change);
        try
        {
            await changing.WaitAsync(options.Value.ScheduleWait, time);
        }
        catch (TimeoutException) when (!changing.IsCompleted)
        {
            logger.ScheduleWaits();
            _ = Later(changing);
        }
    }

    private async Task Later(Task change)
    {
        try
        {
            await change;
            logger.ScheduleGoesOn();
        }
        catch (Exception exception)
        {
            logger.ScheduleNotChanged(exception);
        }
    }

    /// <summary>Schedules the nightly jobs of a study, by their crons in its zone. For a new study, or a changed one.</summary>
    public async Task ScheduleStudy(Study study, CancellationToken cancellation)
    {
        var scheduler = await factory.GetScheduler(cancellation);
        foreach (var (job, cron) in Nightly(study))
        {
            if (IsCron(cron) && (dialect.IsFile || cron.Length <= MaximumCron))
            {
                await Schedule(scheduler, TriggerOf(job, study), job, study.StudyId, cron, study.Zone(), cancellation);
            }
            else
            {
                // Refused when a study is registered; one from elsewhere must not keep the server from starting.
                logger.CronUnusable(study.StudyId, job.Name, cron);
            }
        }
    }

    private async Task Schedule(
        IScheduler scheduler, TriggerKey key, JobKey job, string studyId, string cron, TimeZoneInfo zone, CancellationToken cancellation)
    {
        if (await scheduler.GetTrigger(key, cancellation) is ICronTrigger stored
            && stored.CronExpressionString == cron
            && stored.TimeZone.Id == zone.Id)
        {
            // Not stored anew: the stored one knows that a firing was missed while the server was down.
            return;
        }

        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(key)
            .ForJob(job)
            .UsingJobData(JobFiring.Data(studyId))
            .WithCronSchedule(
                cron,
                schedule => schedule.InTimeZone(zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellation);
    }

    /// <summary>Fires the job of a queued run. Once only, however often it is called.</summary>
    public async Task Fire(JobRun run, CancellationToken cancellation)
    {
        var scheduler = await factory.GetScheduler(cancellation);
        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(run.RunId, RequestedGroup)
            .ForJob(new JobKey(run.Job))
            .UsingJobData(JobFiring.Data(run.StudyId, run.RunId))
            .StartNow()
            .WithSimpleSchedule(once => once.WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
            .Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Keep, cancellation);
    }

    /// <summary>Everything that is scheduled, by job and study.</summary>
    /// <exception cref="TimeoutException">The schedule does not answer: its file cannot be written just now.</exception>
    public async Task<IReadOnlyList<ScheduledJob>> List(CancellationToken cancellation) =>
        await Task.Run(() => Read(cancellation), cancellation).WaitAsync(options.Value.ScheduleWait, time, cancellation);

    private async Task<IReadOnlyList<ScheduledJob>> Read(CancellationToken cancellation)
    {
        var scheduler = await factory.GetScheduler(cancellation);
        var jobs = new List<ScheduledJob>();
        foreach (var study in studies.All())
        {
            foreach (var (job, cron) in Nightly(study))
            {
                var trigger = await scheduler.GetTrigger(TriggerOf(job, study), cancellation);
                jobs.Add(new ScheduledJob(job.Name, study.StudyId, $"{cron} ({study.TimeZone})", trigger?.NextFireTimeUtc, IsNightly: true));
            }
        }

        var interval = options.Value.IncrementalInterval;
        var incremental = await scheduler.GetTrigger(EveryInterval, cancellation);
        jobs.Add(new ScheduledJob(
            JobNames.GradingIncremental,
            "",
            interval == TimeSpan.Zero ? "when asked for" : FormattableString.Invariant($"every {interval.TotalSeconds} s"),
            incremental?.NextFireTimeUtc,
            IsNightly: false));
        if (dialect.IsFile)
        {
            var backup = await scheduler.GetTrigger(EveryNight, cancellation);
            var nightly = backups.Value.Cron;
            jobs.Add(new ScheduledJob(
                JobNames.Backup, "", nightly.Length == 0 ? "when asked for" : $"{nightly} (UTC)", backup?.NextFireTimeUtc, IsNightly: nightly.Length > 0));
        }

        return jobs;
    }

    private async Task ScheduleBackup(IScheduler scheduler, CancellationToken cancellation)
    {
        if (dialect.IsFile && backups.Value.Cron is { Length: > 0 } cron)
        {
            await Schedule(scheduler, EveryNight, Backup, "", cron, TimeZoneInfo.Utc, cancellation);
        }
        else
        {
            await scheduler.UnscheduleJob(EveryNight, cancellation);
        }
    }

    private async Task ScheduleIncremental(IScheduler scheduler, CancellationToken cancellation)
    {
        var interval = options.Value.IncrementalInterval;
        if (interval == TimeSpan.Zero)
        {
            await scheduler.UnscheduleJob(EveryInterval, cancellation);
            return;
        }

        // Replaced, since the interval is a setting; the first look is now, so a missed one is no loss.
        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(EveryInterval)
            .ForJob(Incremental)
            .UsingJobData(JobFiring.Data(""))
            .StartNow()
            .WithSimpleSchedule(every => every.WithInterval(interval).RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithExistingCount))
            .Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellation);
    }

    private static IJobDetail Describe<T>(JobKey key)
        where T : IJob => JobBuilder.Create<T>().WithIdentity(key).StoreDurably().RequestRecovery().Build();

    private static IEnumerable<(JobKey Job, string Cron)> Nightly(Study study) => [(Full, study.FullGradingCron), (Report, study.ReportCron)];

    // By names that the schedule's tables tell apart: on SQL Server they take A for a, unlike ours.
    private TriggerKey TriggerOf(JobKey job, Study study) =>
        new(dialect.IsFile ? study.StudyId : study.StudyKey.ToString(CultureInfo.InvariantCulture), job.Name);
}

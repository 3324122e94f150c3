using LabServer.Core.Grading;
using LabServer.Core.Reports;
using LabServer.Core.Storage;
using Quartz;

namespace LabServer.Jobs;

/// <summary>Makes the safety report of a study.</summary>
[DisallowConcurrentExecution]
internal sealed class ReportJob(
    SafetyReportRun reporting, SafetyReportStore reports, StudyStore studies, JobRunStore runs, JobRunChanges changes, JobRunRecorder recorder) : IJob
{
    // A recovered run may have been interrupted too.
    private const int MostBefore = 10;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var firing = JobFiring.Of(context);
        if (studies.Find(firing.StudyId) is not { } study)
        {
            // The schedule is a file of its own, and may know studies of a database that was put away.
            return;
        }

        await recorder.Record(
            JobNames.Report,
            firing,
            async (runId, progress) =>
            {
                var all = new GradingCounts { StepsTotal = SafetyReportRun.Steps };
                if (firing.Trigger != JobTrigger.Recovered || !await IsMade(firing, runId, study, cancellationToken))
                {
                    await reporting.Make(study, runId, steps => progress(all with { Steps = steps }), cancellationToken);
                }

                return all with { Steps = SafetyReportRun.Steps };
            },
            cancellationToken);
    }

    /// <summary>
    /// Whether the run that this one recovers was interrupted behind its last step, so that its report is stored: a second one of the
    /// same night would say that nothing is new. The schedule may take a server for dead that is not marked so yet, or that lives: then
    /// it is known when the run has ended there, by itself or with its server's lease.
    /// </summary>
    internal async Task<bool> IsMade(JobFiring firing, string runId, Core.Study study, CancellationToken cancellation)
    {
        List<string> unfinished = firing.RunId.Length > 0
            ? [firing.RunId]
            : [.. runs.List(JobNames.Report, study.StudyId, runs.Find(runId)!.RunKey, MostBefore)
                .TakeWhile(run => run.State is JobRunState.Queued or JobRunState.Running or JobRunState.Interrupted)
                .Select(run => run.RunId)];
        foreach (var earlier in unfinished.Where(earlier => earlier != runId))
        {
            for (var changed = changes.Next; runs.Find(earlier) is { State: JobRunState.Running }; changed = changes.Next)
            {
                await changed.WaitAsync(cancellation);
            }
        }

        return unfinished.Any(earlier => reports.OfRun(study.StudyKey, earlier) is not null);
    }
}

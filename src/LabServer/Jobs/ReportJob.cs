using LabServer.Core.Grading;
using LabServer.Core.Reports;
using LabServer.Core.Storage;
using Quartz;

namespace LabServer.Jobs;

/// <summary>Makes the safety report of a study.</summary>
[DisallowConcurrentExecution]
internal sealed class ReportJob(
    SafetyReportRun reporting, SafetyReportStore reports, StudyStore studies, JobRunStore runs, JobRunRecorder recorder) : IJob
{
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
                if (firing.Trigger != JobTrigger.Recovered || !IsMadeByInterrupted(runs, reports, study))
                {
                    await reporting.Make(study, runId, steps => progress(all with { Steps = steps }), cancellationToken);
                }

                return all with { Steps = SafetyReportRun.Steps };
            },
            cancellationToken);
    }

    /// <summary>
    /// Whether the run before the newest one was interrupted behind its last step, so that its report is stored: a second
    /// one of the same night would say that nothing is new.
    /// </summary>
    internal static bool IsMadeByInterrupted(JobRunStore runs, SafetyReportStore reports, Core.Study study) =>
        runs.List(JobNames.Report, study.StudyId, long.MaxValue, take: 2) is [_, { State: JobRunState.Interrupted } interrupted]
        && reports.OfRun(study.StudyKey, interrupted.RunId) is not null;
}

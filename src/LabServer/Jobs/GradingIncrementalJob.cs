using LabServer.Core.Grading;
using LabServer.Core.Storage;
using Quartz;

namespace LabServer.Jobs;

/// <summary>Grades what is pending: of all studies by the schedule, of one when it is asked for.</summary>
[DisallowConcurrentExecution]
internal sealed class GradingIncrementalJob(GradingRun grading, JobRunRecorder recorder, Dialect dialect) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var firing = JobFiring.Of(context);
        // Of servers that share the database only one may be at this job at a time: behind a long run here it would keep the others from
        // it until that ends. What waits is left to them, and to the next firing.
        if (firing.RunId.Length == 0 && dialect.IsShared && grading.IsRunning)
        {
            return;
        }

        // Every few seconds nothing waits; that is not worth a row. Not cancellable: a look that a stop interrupts would be
        // taken for a run that has to be recovered.
        if (firing.Trigger == JobTrigger.Scheduled && !await grading.HasPending(CancellationToken.None))
        {
            return;
        }

        await recorder.Record(
            JobNames.GradingIncremental,
            firing,
            progress => grading.RunIncremental(firing.StudyId.Length == 0 ? null : firing.StudyId, progress, cancellationToken),
            cancellationToken);
    }
}

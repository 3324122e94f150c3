using LabServer.Core.Grading;
using LabServer.Core.Storage;
using Quartz;

namespace LabServer.Jobs;

/// <summary>Grades what is pending: of all studies by the schedule, of one when it is asked for.</summary>
[DisallowConcurrentExecution]
internal sealed class GradingIncrementalJob(GradingRun grading, JobRunRecorder recorder) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var firing = JobFiring.Of(context);
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

using LabServer.Core.Grading;
using Quartz;

namespace LabServer.Jobs;

/// <summary>Grades every series of a study again.</summary>
[DisallowConcurrentExecution]
internal sealed class GradingFullJob(GradingRun grading, JobRunRecorder recorder) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var firing = JobFiring.Of(context);
        await recorder.Record(
            JobNames.GradingFull,
            firing,
            progress => grading.RunFull(firing.StudyId, progress, cancellationToken),
            cancellationToken);
    }
}

using LabServer.Backups;
using LabServer.Core.Backups;
using LabServer.Core.Grading;
using Quartz;

namespace LabServer.Jobs;

/// <summary>Takes a backup of the whole server.</summary>
[DisallowConcurrentExecution]
internal sealed class BackupJob(BackupRun backups, BackupFolder folder, JobRunRecorder recorder) : IJob
{
    // Steps of a run are shares here: copying is about as long as checking and hashing together.
    private const int Steps = 100;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var all = new GradingCounts { StepsTotal = Steps };
        await recorder.Record(
            JobNames.Backup,
            JobFiring.Of(context),
            async progress =>
            {
                await backups.Take(folder.Path, folder.Keep, (stage, share) => progress(all with { Steps = Done(stage, share) }), cancellationToken);
                return all with { Steps = Steps };
            },
            cancellationToken);
    }

    private static long Done(BackupStage stage, double share) => stage switch
    {
        BackupStage.Copying => (long)(50 * share),
        BackupStage.Checking => 50 + (long)(30 * share),
        _ => 80 + (long)(19 * share),
    };
}

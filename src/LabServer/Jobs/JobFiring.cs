using LabServer.Core.Storage;
using Quartz;

namespace LabServer.Jobs;

/// <summary>What a fired trigger says.</summary>
/// <param name="StudyId">STUDYID; empty for all studies.</param>
/// <param name="RunId">The run that was queued for it; empty where none was.</param>
/// <param name="Trigger">Why it fired.</param>
internal sealed record JobFiring(string StudyId, string RunId, JobTrigger Trigger)
{
    private const string StudyKey = "study_id";
    private const string RunKey = "run_id";

    /// <summary>The data that a trigger carries to say this.</summary>
    public static JobDataMap Data(string studyId, string runId = "") => new() { [StudyKey] = studyId, [RunKey] = runId };

    public static JobFiring Of(IJobExecutionContext context)
    {
        var studyId = context.MergedJobDataMap.GetString(StudyKey) ?? "";
        var runId = context.MergedJobDataMap.GetString(RunKey) ?? "";
        // A recovery trigger carries the data of the one that was interrupted, which may not have come to start its run.
        var trigger = context.Recovering ? JobTrigger.Recovered : runId.Length == 0 ? JobTrigger.Scheduled : JobTrigger.Requested;
        return new JobFiring(studyId, runId, trigger);
    }
}

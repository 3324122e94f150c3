using Google.Protobuf.WellKnownTypes;
using LabServer.Core;
using LabServer.Core.Storage;
using Wire = LabServer.Api.V1;

namespace LabServer.Jobs;

/// <summary>From the history and the schedule to the wire. State and trigger have the same numbers on both sides.</summary>
internal static class JobRunMapping
{
    public static Wire.JobRun ToWire(this JobRun run) => new()
    {
        RunId = run.RunId,
        Job = run.Job,
        StudyId = run.StudyId,
        Trigger = (Wire.JobTrigger)(int)run.Trigger,
        State = (Wire.JobRunState)(int)run.State,
        StartedAt = ToWire(run.StartedUs),
        EndedAt = ToWire(run.EndedUs),
        Results = run.Counts.Results,
        Series = run.Counts.Series,
        SeriesTotal = run.Counts.SeriesTotal,
        Grades = run.Counts.Grades,
        Events = run.Counts.Events,
        Differences = run.Counts.Differences,
        Failure = run.Failure,
        Steps = (int)run.Counts.Steps,
        StepsTotal = (int)run.Counts.StepsTotal,
    };

    public static Wire.Job ToWire(this ScheduledJob job) => new()
    {
        Job_ = job.Job,
        StudyId = job.StudyId,
        Description = JobNames.Describe(job.Job) ?? "",
        Schedule = job.Schedule,
        NextFireAt = job.NextFireAt?.ToTimestamp(),
    };

    private static Timestamp? ToWire(long? us) => us is { } instant ? Clock.FromUs(instant).ToTimestamp() : null;
}

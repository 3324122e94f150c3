using Google.Protobuf.WellKnownTypes;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Jobs;

/// <summary>How jobs and their runs are written.</summary>
internal static class JobColumns
{
    /// <summary>A job of the schedule.</summary>
    public static readonly IReadOnlyList<Column<Job>> Jobs =
    [
        new("job", job => job.Job_),
        new("study", job => job.StudyId),
        new("schedule", job => job.Schedule),
        new("next_fire_at", job => Time(job.NextFireAt)),
        new("description", job => job.Description),
    ];

    /// <summary>A run.</summary>
    public static readonly IReadOnlyList<Column<JobRun>> Runs =
    [
        new("run_id", run => run.RunId),
        new("job", run => run.Job),
        new("study", run => run.StudyId),
        new("trigger", run => Enums.Text(run.Trigger)),
        new("state", run => Enums.Text(run.State)),
        new("started_at", run => Time(run.StartedAt)),
        new("ended_at", run => Time(run.EndedAt), InTable: false),
        new("seconds", run => Seconds(run)),
        new("results", run => run.Results),
        new("series", run => run.Series),
        new("grades", run => run.Grades),
        new("events", run => run.Events),
        new("differences", run => run.Differences),
        new("failure", run => run.Failure),
        new("steps", run => run.Steps, InTable: false),
        new("steps_total", run => run.StepsTotal, InTable: false),
    ];

    /// <summary>The time, or null where there is none.</summary>
    public static DateTimeOffset? Time(Timestamp? time) => time?.ToDateTimeOffset();

    private static double? Seconds(JobRun run) => run is { StartedAt: { } start, EndedAt: { } end }
        ? Math.Round((end - start).ToTimeSpan().TotalSeconds, 3)
        : null;
}

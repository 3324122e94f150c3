using System.ComponentModel.DataAnnotations;

namespace LabServer.Jobs;

/// <summary>When the scheduled jobs run, as far as no study says so itself. Section <c>LabServer:Jobs</c>.</summary>
internal sealed class JobsOptions
{
    /// <summary>
    /// How often to look for results that wait for grading. Zero: never by itself; grading then runs nightly and when it
    /// is asked for.
    /// </summary>
    /// <value>The default value is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Jobs:IncrementalInterval: a time from {1} to {2}.")]
    public TimeSpan IncrementalInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a call waits for the schedule, which takes no change for as long as its file does not. What was to change follows
    /// by itself.
    /// </summary>
    /// <value>The default value is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Jobs:ScheduleWait: a time from {1} to {2}.")]
    public TimeSpan ScheduleWait { get; set; } = TimeSpan.FromSeconds(5);
}

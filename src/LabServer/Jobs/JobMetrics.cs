using System.Diagnostics.Metrics;
using LabServer.Core.Storage;

namespace LabServer.Jobs;

/// <summary>Counts runs of jobs.</summary>
internal sealed class JobMetrics(Meter meter)
{
    private readonly Histogram<double> _duration = meter.CreateHistogram(
        "labserver.jobs.run.duration", "s", "How long runs of jobs took, by job and outcome; its count is how many there were.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600] });

    /// <summary>A run has ended.</summary>
    public void Ended(string job, JobRunState state, TimeSpan duration) => _duration.Record(
        duration.TotalSeconds, new("job", job), new("outcome", state.ToString().ToLowerInvariant()));
}

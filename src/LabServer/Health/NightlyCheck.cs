using LabServer.Jobs;
using LabServer.Operation;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace LabServer.Health;

/// <summary>
/// Whether each nightly job ended well when it ran last, and is not overdue. Says how many studies it is about and never
/// which: whoever asks needs no key.
/// </summary>
internal sealed class NightlyCheck(JobSchedule schedule, LatestRuns latest, IOptions<OperationOptions> options, TimeProvider time) : IHealthCheck
{
    // Whoever asks needs no key, and what is looked up grows with the studies: asking more often does not look more often.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private volatile Look? _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (_last is { } last && time.GetElapsedTime(last.At) < BetweenLooks)
        {
            return last.Result;
        }

        HealthCheckResult result;
        try
        {
            result = await Check(cancellationToken);
        }
        catch (TimeoutException)
        {
            result = HealthCheckResult.Unhealthy("The schedule does not answer: its file cannot be written.");
        }

        _last = new Look(time.GetTimestamp(), result);
        return result;
    }

    private async Task<HealthCheckResult> Check(CancellationToken cancellationToken)
    {
        var nightly = (await schedule.List(cancellationToken)).Where(job => job.IsNightly).ToList();
        var late = time.GetUtcNow() - options.Value.OverdueAfter;
        var problems = new[]
        {
            (What: "failed when last run", Jobs: nightly.Where(job => latest.HasFailed(job.Job, job.StudyId))),
            (What: "overdue", Jobs: nightly.Where(job => job.NextFireAt is null || job.NextFireAt < late)),
        };
        var words = problems.SelectMany(problem => problem.Jobs.GroupBy(job => job.Job).Select(jobs => Words(jobs.Key, jobs.Count(), problem.What))).ToList();
        return words.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Join(" ", words));
    }

    private static string Words(string job, int count, string what) => JobNames.IsOfAStudy(job)
        ? FormattableString.Invariant($"The nightly job {job} of {count} {(count == 1 ? "study" : "studies")}: {what}.")
        : $"The nightly job {job}: {what}.";

    private sealed record Look(long At, HealthCheckResult Result);
}

using System.Data.Common;
using LabServer.Core.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LabServer.Health;

/// <summary>
/// Whether the database can be read, and took the last transaction. Where it did not, one that changes nothing is tried, so
/// that the server is ready again as soon as the database is, whether or not anybody sends anything.
/// </summary>
internal sealed class DatabaseCheck(Database database, TimeProvider time) : IHealthCheck
{
    // Whoever asks needs no key: asking more often must not make the disk work more often.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private long _tried;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            database.TryRead();
        }
        catch (DbException)
        {
            return HealthCheckResult.Unhealthy("The database cannot be read.");
        }

        if (database.Writer.Failure is not null && MayTry())
        {
            try
            {
                await database.TryWrite(cancellationToken).WaitAsync(cancellationToken);
            }
            catch (Exception exception) when (database.Dialect.FaultOf(exception) != StorageFault.None)
            {
                // The writer's failure, which is looked at next.
            }
        }

        return database.Writer.Failure is null
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The database does not take what is written.");
    }

    private bool MayTry()
    {
        var (last, now) = (Volatile.Read(ref _tried), time.GetTimestamp());
        return (last == 0 || time.GetElapsedTime(last, now) >= BetweenTries) && Interlocked.CompareExchange(ref _tried, now, last) == last;
    }
}

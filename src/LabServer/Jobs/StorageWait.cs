using LabServer.Core.Backups;
using LabServer.Core.Storage;

namespace LabServer.Jobs;

/// <summary>
/// Has a job wait out a database that cannot be written: space comes back, a lock goes. Without it a nightly run that the
/// full disk hit would be lost until the next night, and one whose end could not be noted would seem to run for ever.
/// </summary>
internal sealed class StorageWait(Dialect dialect, TimeProvider time, ILogger<StorageWait> logger)
{
    // Of work that fails although small things can be written: what it needs more room for is not coming by itself.
    private const int MostTries = 5;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    /// <summary>Does <paramref name="step"/>, again and again while the database refuses it.</summary>
    /// <param name="step">One small transaction.</param>
    /// <param name="job">The job, for the log.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<T> Until<T>(Func<Task<T>> step, string job, CancellationToken cancellation)
    {
        var waited = false;
        while (true)
        {
            try
            {
                var done = await step();
                if (waited)
                {
                    logger.JobGoesOn(job);
                }

                return done;
            }
            catch (Exception exception) when (Passes(exception) is { } fault)
            {
                if (!waited)
                {
                    logger.JobWaits(exception, job, fault);
                }

                waited = true;
                await Task.Delay(BetweenTries, time, cancellation);
            }
        }
    }

    /// <inheritdoc cref="Until{T}"/>
    public Task Until(Func<Task> step, string job, CancellationToken cancellation) => Until(
        async () =>
        {
            await step();
            return true;
        },
        job,
        cancellation);

    /// <summary>Does <paramref name="work"/>; where the database refuses it, again once <paramref name="probe"/> can be written.</summary>
    /// <exception cref="System.Data.Common.DbException">The database takes the probe and still refuses the work, several times.</exception>
    public async Task<T> Again<T>(Func<Task<T>> work, Func<Task> probe, string job, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await work();
            }
            catch (Exception exception) when (tries < MostTries && Passes(exception) is { } fault)
            {
                logger.JobWaits(exception, job, fault);
            }

            await Task.Delay(BetweenTries, time, cancellation);
            await Until(probe, job, cancellation);
        }
    }

    // What is damaged stays so, and where a backup goes is another disk's matter: those runs fail.
    private StorageFault? Passes(Exception exception) =>
        exception is not BackupException && dialect.FaultOf(exception) is var fault and not (StorageFault.None or StorageFault.Damaged) ? fault : null;
}

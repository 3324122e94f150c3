using Dapper;

namespace LabServer.Core.Storage;

/// <summary>
/// This process among those that share the database: a row with a lease that it renews, so that others know that it lives.
/// What a process without a row has begun (runs of jobs, shares of grading) is anybody's to take over.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="name">What people call the process: machine and data folder.</param>
/// <param name="length">How long it is taken for living when it is not heard of; of no meaning where nobody else opens the database.</param>
public sealed class ServerLease(Database database, string name, TimeSpan length)
{
    // Shares of the dead are free without this, but only when their lease has ended; the rows of a process are taken away together.
    private const string FreeShares = "UPDATE grading_share SET server_id = '', lease_until_us = 0 WHERE server_id <> ''";

    private const string FreeOwnShares = "UPDATE grading_share SET server_id = '', lease_until_us = 0 WHERE server_id = @ServerId";

    private const string RenewShares = "UPDATE grading_share SET lease_until_us = @until WHERE server_id = @ServerId";

    private const string DeleteAll = "DELETE FROM server";

    private const string DeleteLapsed = "DELETE FROM server WHERE lease_until_us < @dead";

    private const string DeleteOwn = "DELETE FROM server WHERE server_id = @ServerId";

    private const string InsertOwn =
        "INSERT INTO server (server_id, name, started_us, lease_until_us) VALUES (@ServerId, @name, @now, @until)";

    private const string UpdateOwn = "UPDATE server SET lease_until_us = @until WHERE server_id = @ServerId";

    // Only the leases of what nobody has have ended before this time.
    private const long Nobody = 1;

    // When this process has renewed its lease last, by the clock of the database; null: it has none. The writer's alone.
    private long? _renewedUs;

    // Until then nobody is taken for dead.
    private long _patientUntilUs;

    /// <summary>Id of the process, made anew at each start.</summary>
    public string ServerId { get; } = Guid.CreateVersion7().ToString("N");

    /// <summary>How long it is taken for living when it is not heard of.</summary>
    public TimeSpan Length => length;

    /// <summary>Enters the process. Where the database is nobody else's, whoever is in it is dead.</summary>
    public Task Begin(CancellationToken cancellation) => database.Writer.Run(Begin, rows: 1, cancellation);

    /// <summary>Renews the lease on the process and on the shares it has, and takes away those who have not renewed theirs.</summary>
    /// <param name="grades">
    /// Whether a run is under way here; asked in the transaction. Without one the process has no use for a share: one it could not give
    /// back is given back now.
    /// </param>
    /// <param name="cancellation">Gives up waiting for the writer.</param>
    public Task Renew(Func<bool> grades, CancellationToken cancellation) =>
        database.Writer.RunUrgent(session => Renew(session, grades()), cancellation);

    /// <summary>Leaves, so that others need not wait for the lease to end.</summary>
    public Task End(CancellationToken cancellation) => database.Writer.Run(
        session =>
        {
            session.Connection.Execute(FreeOwnShares, new { ServerId }, session.Transaction);
            session.Connection.Execute(DeleteOwn, new { ServerId }, session.Transaction);
        },
        rows: 1,
        cancellation);

    /// <summary>
    /// When, by the clock of the database, a lease that is taken now ends, and when one must have ended for its holder to be dead:
    /// none where this process could not renew its own, since then others could not either. They have a lease's time for
    /// it from when it could again.
    /// </summary>
    internal (long NowUs, long UntilUs, long DeadUs) Times(WriteSession session)
    {
        var now = session.Dialect.NowUs(session);
        return (now, now + (long)length.TotalMicroseconds, WasKeptWaiting(now) || now < _patientUntilUs ? Nobody : now);
    }

    internal void Renew(WriteSession session, bool grades)
    {
        var (now, until, dead) = Times(session);
        if (WasKeptWaiting(now))
        {
            _patientUntilUs = until;
        }

        session.AfterCommit(() => _renewedUs = now);
        session.Connection.Execute(DeleteLapsed, new { dead }, session.Transaction);
        if (session.Connection.Execute(UpdateOwn, new { ServerId, until }, session.Transaction) == 0)
        {
            // It was taken for dead. Shares that nobody has taken since are its own still; the others are lost by their fences.
            Insert(session, now, until);
        }

        if (grades)
        {
            session.Connection.Execute(RenewShares, new { ServerId, until }, session.Transaction);
        }
        else
        {
            session.Connection.Execute(FreeOwnShares, new { ServerId }, session.Transaction);
        }
    }

    internal void Begin(WriteSession session)
    {
        var (now, until, _) = Times(session);
        session.AfterCommit(() => _renewedUs = now);
        if (!session.Dialect.IsShared)
        {
            session.Connection.Execute(DeleteAll, transaction: session.Transaction);
            session.Connection.Execute(FreeShares, transaction: session.Transaction);
        }

        Insert(session, now, until);
    }

    private bool WasKeptWaiting(long now) => now - _renewedUs >= (long)length.TotalMicroseconds;

    private void Insert(WriteSession session, long now, long until) =>
        session.Connection.Execute(InsertOwn, new { ServerId, name, now, until }, session.Transaction);
}

using System.Data.Common;
using System.Diagnostics;

namespace LabServer.Core.Storage;

/// <summary>What differs between database engines. Everything else is written once, in the subset they share.</summary>
public abstract class Dialect
{
    private static readonly TimeSpan LongestUpgrade = TimeSpan.FromMinutes(30);

    /// <summary>Name of the engine as it stands in the names of schema files: <c>sqlite</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether blanks at the end of a text count for nothing when texts are compared: such ids are refused, as <c>A</c> and
    /// <c>A </c> would be one.
    /// </summary>
    public virtual bool IgnoresBlanksAtTheEnd => false;

    /// <summary>Opens a connection that may write. The caller is the single writer and disposes it.</summary>
    public abstract DbConnection OpenWriter();

    /// <summary>Whether the database is a file of this machine, which LabServer backs up itself (<see cref="CopyTo"/>).</summary>
    public abstract bool IsFile { get; }

    /// <summary>Whether other processes write to the same database too.</summary>
    public abstract bool IsShared { get; }

    /// <summary>
    /// Begins the one transaction that writes: while it is open no other does, of this process or another, so that it sees
    /// everything that was committed, and keys are given in the order of commits.
    /// </summary>
    public abstract DbTransaction BeginWrite(DbConnection writer);

    /// <summary>Commits the transaction that writes: when this returns, it is durable.</summary>
    public virtual void Commit(DbTransaction write) => write.Commit();

    /// <summary>
    /// Begins it at the start of a server: one that others are beside waits for what they do at theirs, which may be an upgrade. Alone,
    /// whoever holds the lock has no business with it.
    /// </summary>
    internal DbTransaction BeginWriteAtStart(DbConnection writer)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return BeginWrite(writer);
            }
            catch (Exception exception) when (IsShared && FaultOf(exception) == StorageFault.Busy && Stopwatch.GetElapsedTime(began) < LongestUpgrade)
            {
                // It has waited for seconds already.
            }
        }
    }

    /// <summary>The time by which servers that share the database measure leases, in UTC microseconds: one clock for all.</summary>
    public abstract long NowUs(WriteSession session);

    /// <summary>Opens a connection for reading that never waits for the writer. The caller disposes it.</summary>
    public abstract DbConnection OpenReader();

    /// <summary>Begins a transaction in which every read sees the same state and that never waits for the writer.</summary>
    public abstract DbTransaction BeginSnapshot(DbConnection reader);

    /// <summary>Lets go of the connections that were opened for reading and are kept for the next time.</summary>
    public abstract void CloseReaders();

    /// <summary>Whether <paramref name="exception"/> says that a unique key exists already.</summary>
    public abstract bool IsUniqueViolation(DbException exception);

    /// <summary>What <paramref name="exception"/> says of the database itself, as opposed to what was asked of it.</summary>
    public abstract StorageFault FaultOf(Exception exception);

    /// <summary>
    /// Whether a transaction that failed with <paramref name="exception"/> may well succeed when it is done again from its
    /// beginning, on a connection of its own: it met another one, or the database was moving to another machine.
    /// </summary>
    public abstract bool IsPassing(Exception exception);

    /// <summary>Whether what was to be committed may be so, although the commit failed with <paramref name="exception"/>.</summary>
    public abstract bool MayBeCommitted(Exception exception);

    /// <summary>
    /// <paramref name="sql"/>, which ends in ORDER BY, cut to its first rows. The number is the parameter <c>@Take</c>.
    /// </summary>
    public abstract string TakeFirst(string sql);

    /// <summary>Looks at settings of the database that are not the program's to make.</summary>
    /// <exception cref="SchemaException">One is not as it has to be.</exception>
    internal abstract void RequireSettings(DbConnection writer);

    /// <summary>Makes the table of the schema files that were run, where it is not there.</summary>
    internal abstract string CreateJournal { get; }

    /// <summary>The statement for a write of one row by its key.</summary>
    internal abstract string TextOf(RowWrite write);

    /// <summary>
    /// The rows of a query with whole numbers for parameters, as the open transaction of the connection sees them; null: none is
    /// open.
    /// </summary>
    internal abstract RowCursor Rows(
        DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<(string Name, long Value)> parameters);

    /// <summary>
    /// Prepares a statement that runs once a row; the caller disposes it before the connection. Its runs may wait in the queue,
    /// and none is ahead of what waits there.
    /// </summary>
    internal abstract RowStatement Statement(DbConnection connection, string sql, RowQueue queue);

    /// <summary>About how many bytes the database has.</summary>
    public abstract long SizeBytes();

    /// <summary>How many of them are a log of what the database itself does not have yet.</summary>
    public abstract long LogBytes();

    /// <summary>Copies the state of this moment to a file that is not there yet, while others read and write.</summary>
    /// <param name="file">The file.</param>
    /// <param name="progress">Told the share done, from 0 to 1.</param>
    /// <param name="cancellation">Gives up; what was copied stays, and is no database.</param>
    public abstract void CopyTo(string file, Action<double> progress, CancellationToken cancellation);

    /// <summary>The key that the engine gave the row inserted last on <paramref name="connection"/>.</summary>
    public abstract long LastInsertedKey(DbConnection connection, DbTransaction transaction);

    /// <summary>Whether many rows are stored sooner by way of <see cref="Fill"/> than by a statement for each.</summary>
    internal virtual bool PrefersBulk => false;

    /// <summary>
    /// Puts rows into their temporary table, which is the connection's own: made where it is not there, and emptied before.
    /// </summary>
    internal virtual void Fill(WriteSession session, BulkRows rows) =>
        throw new NotSupportedException($"{Name} stores {rows.Table} row by row.");
}

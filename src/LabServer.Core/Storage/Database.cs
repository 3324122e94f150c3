using System.Data.Common;
using System.Diagnostics.Metrics;
using Dapper;

namespace LabServer.Core.Storage;

/// <summary>The results database: one writer, any number of readers.</summary>
public sealed class Database : IAsyncDisposable
{
    private const string SelectState = "SELECT marks FROM grading_state WHERE id = 1";

    // There and back: SQLite leaves out to write what stays the same.
    private const string UpdateThere = "UPDATE grading_state SET marks = marks + 1 WHERE id = 1";

    private const string UpdateBack = "UPDATE grading_state SET marks = marks - 1 WHERE id = 1";

    private readonly Dialect _dialect;

    private Database(Dialect dialect, DatabaseWriter writer, SharedCopies copies, StorageMetrics? metrics)
    {
        _dialect = dialect;
        Writer = writer;
        Copies = copies;
        Metrics = metrics;
    }

    /// <summary>The single writer.</summary>
    public DatabaseWriter Writer { get; }

    /// <summary>The engine.</summary>
    public Dialect Dialect => _dialect;

    /// <summary>What is kept in memory of what others may change.</summary>
    public SharedCopies Copies { get; }

    /// <summary>Counts what is written; null: nobody counts.</summary>
    internal StorageMetrics? Metrics { get; }

    /// <summary>Opens the database, makes it when it is not there, and brings its schema up to date.</summary>
    /// <param name="dialect">The engine.</param>
    /// <param name="time">The clock.</param>
    /// <param name="prepare">What is written in one transaction before anyone else may write.</param>
    /// <param name="meter">Where it counts what it does; null: nowhere.</param>
    /// <exception cref="SchemaException">The database was made by a newer program or with other schema files.</exception>
    public static Database Open(Dialect dialect, TimeProvider time, Action<WriteSession> prepare, Meter? meter = null)
    {
        var connection = dialect.OpenWriter();
        try
        {
            SchemaUpgrade.Run(connection, dialect, time);
            using (var transaction = dialect.BeginWriteAtStart(connection))
            {
                Prepare(connection, transaction, dialect, time, prepare);
                transaction.Commit();
            }

            var metrics = meter is null ? null : new StorageMetrics(meter);
            var copies = new SharedCopies(dialect, connection);
            return new Database(dialect, new DatabaseWriter(dialect, connection, time, copies, metrics), copies, metrics);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection to read from; the caller disposes it.</summary>
    public DbConnection Read() => _dialect.OpenReader();

    /// <summary>Reads copies again that other servers have changed; the writer does so before each transaction anyway.</summary>
    public void RefreshCopies()
    {
        if (!_dialect.IsShared)
        {
            return;
        }

        using var connection = Read();
        using var transaction = _dialect.BeginSnapshot(connection);
        Copies.Refresh(connection, transaction);
    }

    /// <summary>Reads a row from the disk or its cache, to see that it can be done.</summary>
    public void TryRead()
    {
        using var connection = Read();
        connection.ExecuteScalar<long>(SelectState);
    }

    /// <summary>Writes durably and changes nothing, to see that it can be done.</summary>
    public Task TryWrite(CancellationToken cancellation) =>
        Writer.Run(
            session =>
            {
                session.Connection.Execute(UpdateThere, transaction: session.Transaction);
                session.Connection.Execute(UpdateBack, transaction: session.Transaction);
            },
            rows: 1,
            cancellation);

    /// <summary>Does <paramref name="work"/> in a transaction that is open already, before there is a writer.</summary>
    internal static void Prepare(
        DbConnection connection, DbTransaction transaction, Dialect dialect, TimeProvider time, Action<WriteSession> work)
    {
        using var prepared = new PreparedStatements(connection, dialect);
        var session = new WriteSession(connection, transaction, dialect, time, prepared);
        work(session);
        session.RunBeforeCommit();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync().ConfigureAwait(false);
        _dialect.CloseReaders();
    }
}

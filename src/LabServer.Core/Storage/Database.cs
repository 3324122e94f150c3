using System.Data.Common;

namespace LabServer.Core.Storage;

/// <summary>The results database: one writer, any number of readers.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly Dialect _dialect;

    private Database(Dialect dialect, DatabaseWriter writer)
    {
        _dialect = dialect;
        Writer = writer;
    }

    /// <summary>The single writer.</summary>
    public DatabaseWriter Writer { get; }

    /// <summary>The engine.</summary>
    public Dialect Dialect => _dialect;

    /// <summary>Opens the database, makes it when it is not there, and brings its schema up to date.</summary>
    /// <param name="dialect">The engine.</param>
    /// <param name="time">The clock.</param>
    /// <param name="prepare">What is written in one transaction before anyone else may write.</param>
    /// <exception cref="SchemaException">The database was made by a newer program or with other schema files.</exception>
    public static Database Open(Dialect dialect, TimeProvider time, Action<WriteSession> prepare)
    {
        var connection = dialect.OpenWriter();
        try
        {
            SchemaUpgrade.Run(connection, dialect, time);
            using (var transaction = connection.BeginTransaction())
            {
                Prepare(connection, transaction, dialect, time, prepare);
                transaction.Commit();
            }

            return new Database(dialect, new DatabaseWriter(dialect, connection, time));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection to read from; the caller disposes it.</summary>
    public DbConnection Read() => _dialect.OpenReader();

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

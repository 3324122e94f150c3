using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.SqlClient;

namespace LabServer.Core.Storage;

/// <summary>
/// SQL Server, or what speaks its language (Azure SQL Database, Babelfish), which several servers share. Readers see the last
/// committed state and wait for nobody; one transaction of all servers writes at a time, under a lock of the database.
/// </summary>
public sealed class SqlServerDialect : Dialect
{
    private const int SecondsForAStatement = 300;

    // A commit is given up after as long as a connection: on a replica that is slow it must not be.
    private const int SecondsForACommit = 60;

    // What calls at once is bounded by LabServer's own limits, each of which may read; SqlClient's 100 are fewer.
    private const int Readers = 1000;

    private readonly string _writer;
    private readonly string _reader;
    private readonly bool _holdsRows;

    /// <summary>The database of a connection string, as SqlClient understands it.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public SqlServerDialect(string connectionString)
    {
        var given = new SqlConnectionStringBuilder(connectionString) { Enlist = false };
        if (!given.ShouldSerialize("Application Name"))
        {
            given.ApplicationName = "LabServer";
        }

        if (!given.ShouldSerialize("Command Timeout"))
        {
            given.CommandTimeout = SecondsForAStatement;
        }

        // A look-up amid the rows of another query needs several of them on one connection, or rows that are held in memory. Held
        // they are unless the connection string says otherwise: Babelfish has no other way, and on Linux queries of connections that
        // may have several are known to time out under load (dotnet/SqlClient issue 422).
        _holdsRows = !given.MultipleActiveResultSets;

        // After a failed login SqlClient would refuse to try again for up to a minute.
        var reader = new SqlConnectionStringBuilder(given.ToString()) { Pooling = true, PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock };
        if (!given.ShouldSerialize("Max Pool Size"))
        {
            reader.MaxPoolSize = Readers;
        }

        // Lost, it is not to come back by itself and without its transaction: the writer makes a new one.
        var writer = new SqlConnectionStringBuilder(given.ToString()) { Pooling = false, MultipleActiveResultSets = false, ConnectRetryCount = 0 };
        if (!given.ShouldSerialize("Connect Timeout"))
        {
            writer.ConnectTimeout = SecondsForACommit;
        }

        (_reader, _writer) = (reader.ToString(), writer.ToString());
    }

    /// <inheritdoc/>
    public override string Name => "sqlserver";

    /// <inheritdoc/>
    public override bool IsFile => false;

    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    public override bool IgnoresBlanksAtTheEnd => true;

    /// <inheritdoc/>
    public override DbConnection OpenWriter()
    {
        var connection = Open(_writer);
        try
        {
            connection.Execute(SqlServerText.WriterSettings);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override DbTransaction BeginWrite(DbConnection writer)
    {
        var transaction = writer.BeginTransaction(IsolationLevel.ReadCommitted);
        try
        {
            // With the transaction it ends, whichever way that goes.
            var result = writer.ExecuteScalar<int>(SqlServerText.TakeWriteLock, transaction: transaction);
            return result >= 0 ? transaction : throw new WriteLockException(result);
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override long NowUs(WriteSession session) =>
        session.Connection.ExecuteScalar<long>(SqlServerText.SelectNow, transaction: session.Transaction);

    /// <inheritdoc/>
    public override DbConnection OpenReader()
    {
        try
        {
            return Open(_reader);
        }
        catch (InvalidOperationException exception)
        {
            // Of a connection string that was checked, there is one reason left: the pool gave none in time.
            throw new NoReaderException(exception);
        }
    }

    /// <inheritdoc/>
    public override DbTransaction BeginSnapshot(DbConnection reader) => reader.BeginTransaction(IsolationLevel.Snapshot);

    /// <inheritdoc/>
    public override void CloseReaders()
    {
        using var connection = new SqlConnection(_reader);
        SqlConnection.ClearPool(connection);
    }

    /// <inheritdoc/>
    public override bool IsUniqueViolation(DbException exception) => SqlServerErrors.IsUniqueViolation(exception);

    /// <inheritdoc/>
    public override StorageFault FaultOf(Exception exception) => SqlServerErrors.FaultOf(exception);

    /// <inheritdoc/>
    public override bool IsPassing(Exception exception) => SqlServerErrors.IsPassing(exception);

    /// <inheritdoc/>
    public override bool MayBeCommitted(Exception exception) => !SqlServerErrors.IsAnswer(exception);

    /// <inheritdoc/>
    public override string TakeFirst(string sql) => SqlServerText.TakeFirst(sql);

    /// <inheritdoc/>
    internal override string CreateJournal => SqlServerText.CreateJournal;

    /// <inheritdoc/>
    internal override void RequireSettings(DbConnection writer)
    {
        var (name, snapshots, versions) = writer.QuerySingle<(string, long, long)>(SqlServerText.SelectSettings);
        if (snapshots != 1 || versions != 1)
        {
            throw new SchemaException(
                $"In database {name} readers would wait for writers. Whoever administers it turns on ALLOW_SNAPSHOT_ISOLATION and "
                + "READ_COMMITTED_SNAPSHOT: ALTER DATABASE … SET ALLOW_SNAPSHOT_ISOLATION ON; ALTER DATABASE … SET READ_COMMITTED_SNAPSHOT ON.");
        }
    }

    /// <inheritdoc/>
    internal override string TextOf(RowWrite write) => SqlServerText.Of(write);

    /// <inheritdoc/>
    internal override RowCursor Rows(
        DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<(string Name, long Value)> parameters) =>
        new SqlServerRowCursor((SqlConnection)connection, (SqlTransaction?)transaction, sql, _holdsRows, parameters);

    /// <inheritdoc/>
    internal override RowStatement Statement(DbConnection connection, string sql, RowQueue queue) => new SqlServerRowStatement((SqlConnection)connection, sql, queue);

    /// <inheritdoc/>
    public override long SizeBytes() => Read(SqlServerText.SelectSize);

    /// <inheritdoc/>
    public override long LogBytes() => Read(SqlServerText.SelectLogSize);

    /// <inheritdoc/>
    public override void CopyTo(string file, Action<double> progress, CancellationToken cancellation) => throw new NotSupportedException(
        "A database of SQL Server is backed up by SQL Server (BACKUP DATABASE), or by the cloud that runs it.");

    /// <inheritdoc/>
    public override long LastInsertedKey(DbConnection connection, DbTransaction transaction) =>
        connection.ExecuteScalar<long>(SqlServerText.SelectLastInsertedKey, transaction: transaction);

    // A statement for each result would be a way to the server and back for each.
    /// <inheritdoc/>
    internal override bool PrefersBulk => true;

    /// <inheritdoc/>
    internal override void Fill(WriteSession session, BulkRows rows) =>
        SqlServerBulk.Fill((SqlConnection)session.Connection, (SqlTransaction)session.Transaction, rows);

    private long Read(string sql)
    {
        using var connection = OpenReader();
        return connection.ExecuteScalar<long>(sql);
    }

    private static SqlConnection Open(string connectionString)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LabServer.Core.Storage;

/// <summary>SQLite in one file: write-ahead log, and a commit that has reached the disk before it returns.</summary>
/// <param name="path">The file.</param>
/// <param name="leavesFile">
/// For looking at a file that is to stay as it is, byte by byte: the last connection that may write takes the log up into it.
/// </param>
/// <param name="isShared">Whether other processes of this machine open the file as well.</param>
public sealed class SqliteDialect(string path, bool leavesFile = false, bool isShared = false) : Dialect
{
    private const int ConstraintPrimaryKey = 1555;
    private const int ConstraintUnique = 2067;
    private const int ConstraintRowId = 2579;

    // A lock that is held for longer is told to the caller, who tries again: an orderly stop must not wait for it either.
    private const int SecondsForALock = 3;

    // FULL: with NORMAL a commit in WAL mode can be lost with the power, and an acknowledgement would be a lie.
    private const string WriterSettings = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -49152;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 67108864;
        """;

    private const string ReaderSettings = """
        PRAGMA query_only = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -32768;
        """;

    private const string CreateJournalTable = """
        CREATE TABLE IF NOT EXISTS schema_journal (
            number     INTEGER PRIMARY KEY,
            name       TEXT    NOT NULL,
            sha256     TEXT    NOT NULL,
            applied_us INTEGER NOT NULL
        )
        """;

    private SqliteOpenMode ReaderMode => leavesFile ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite;

    /// <inheritdoc/>
    public override string Name => "sqlite";

    /// <inheritdoc/>
    public override DbConnection OpenWriter() => Open(SqliteOpenMode.ReadWriteCreate, pooling: false, WriterSettings);

    /// <inheritdoc/>
    public override bool IsFile => true;

    /// <inheritdoc/>
    public override bool IsShared => isShared;

    /// <inheritdoc/>
    public override DbTransaction BeginWrite(DbConnection writer) => ((SqliteConnection)writer).BeginTransaction(deferred: false);

    /// <inheritdoc/>
    public override long NowUs(WriteSession session) => Clock.NowUs(session.Time);

    /// <inheritdoc/>
    public override DbConnection OpenReader() => Open(ReaderMode, pooling: true, ReaderSettings);

    /// <inheritdoc/>
    public override DbTransaction BeginSnapshot(DbConnection reader) => ((SqliteConnection)reader).BeginTransaction(deferred: true);

    /// <inheritdoc/>
    public override void CloseReaders()
    {
        using var connection = new SqliteConnection(ConnectionString(ReaderMode, pooling: true));
        SqliteConnection.ClearPool(connection);
    }

    /// <inheritdoc/>
    public override bool IsUniqueViolation(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: ConstraintPrimaryKey or ConstraintUnique or ConstraintRowId };

    /// <inheritdoc/>
    public override StorageFault FaultOf(Exception exception) => exception switch
    {
        SqliteException sqlite => FaultOf(sqlite.SqliteErrorCode),
        LostCommitsException => StorageFault.Unreachable,
        { InnerException: { } inner } => FaultOf(inner),
        _ => StorageFault.None,
    };

    /// <inheritdoc/>
    public override bool IsPassing(Exception exception) => false;

    /// <inheritdoc/>
    public override bool MayBeCommitted(Exception exception) => false;

    /// <inheritdoc/>
    public override string TakeFirst(string sql) => sql + " LIMIT @Take";

    /// <inheritdoc/>
    internal override void RequireSettings(DbConnection writer)
    {
    }

    /// <inheritdoc/>
    internal override string CreateJournal => CreateJournalTable;

    /// <inheritdoc/>
    internal override string TextOf(RowWrite write) => write.Replaces
        ? $"INSERT OR REPLACE INTO {write.Table} ({write.ColumnList}) VALUES ({write.ParameterList})"
        : $"INSERT INTO {write.Table} ({write.ColumnList}) VALUES ({write.ParameterList}) ON CONFLICT ({string.Join(", ", write.Keys)}) DO NOTHING";

    /// <inheritdoc/>
    internal override RowCursor Rows(
        DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<(string Name, long Value)> parameters) =>
        new SqliteRowCursor((SqliteConnection)connection, sql, parameters);

    /// <inheritdoc/>
    internal override RowStatement Statement(DbConnection connection, string sql, RowQueue queue) => new SqliteRowStatement(connection, sql);

    /// <inheritdoc/>
    public override long SizeBytes() => new FileInfo(path).Length + LogBytes();

    /// <inheritdoc/>
    public override long LogBytes() => new FileInfo(path + "-wal") is { Exists: true } log ? log.Length : 0;

    /// <inheritdoc/>
    public override void CopyTo(string file, Action<double> progress, CancellationToken cancellation)
    {
        using var source = (SqliteConnection)OpenReader();
        SqliteCopy.Run(source, file, progress, cancellation);
    }

    /// <inheritdoc/>
    public override long LastInsertedKey(DbConnection connection, DbTransaction transaction) =>
        raw.sqlite3_last_insert_rowid(((SqliteConnection)connection).Handle);

    /// <inheritdoc/>
    internal override void Fill(WriteSession session, BulkRows rows) => SqliteBulk.Fill(session, rows);

    private static StorageFault FaultOf(int code) => code switch
    {
        raw.SQLITE_FULL => StorageFault.Full,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => StorageFault.Busy,
        raw.SQLITE_READONLY => StorageFault.ReadOnly,
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => StorageFault.Unreachable,
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => StorageFault.Damaged,
        _ => StorageFault.None,
    };

    private SqliteConnection Open(SqliteOpenMode mode, bool pooling, string settings)
    {
        var connection = new SqliteConnection(ConnectionString(mode, pooling));
        try
        {
            connection.Open();
            connection.Execute(settings);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private string ConnectionString(SqliteOpenMode mode, bool pooling) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        Pooling = pooling,
        DefaultTimeout = SecondsForALock,
    }.ToString();
}

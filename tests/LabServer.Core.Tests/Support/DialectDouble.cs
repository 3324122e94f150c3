using System.Data.Common;
using LabServer.Core.Storage;

namespace LabServer.Core.Tests.Support;

/// <summary>SQLite with what another engine, or another server beside this one, would do: <see cref="BeforeWrite"/> and the like say what.</summary>
internal class DialectDouble(SqliteDialect inner) : Dialect
{
    /// <summary>Called before a transaction that writes is begun.</summary>
    public Action<DbConnection> BeforeWrite { get; set; } = _ => { };

    /// <summary>How a commit goes.</summary>
    public Action<DbTransaction> HowToCommit { get; set; } = transaction => transaction.Commit();

    public int Opened { get; private set; }

    public override string Name => inner.Name;

    public override bool IsFile => true;

    public override bool IsShared => true;

    internal override string CreateJournal => inner.CreateJournal;

    public override DbConnection OpenWriter()
    {
        Opened++;
        return inner.OpenWriter();
    }

    public override DbTransaction BeginWrite(DbConnection writer)
    {
        BeforeWrite(writer);
        return inner.BeginWrite(writer);
    }

    public override void Commit(DbTransaction write) => HowToCommit(write);

    public override long NowUs(WriteSession session) => inner.NowUs(session);

    public override DbConnection OpenReader() => inner.OpenReader();

    public override DbTransaction BeginSnapshot(DbConnection reader) => inner.BeginSnapshot(reader);

    public override void CloseReaders() => inner.CloseReaders();

    public override bool IsUniqueViolation(DbException exception) => inner.IsUniqueViolation(exception);

    public override StorageFault FaultOf(Exception exception) => exception switch
    {
        PassingFault => StorageFault.Busy,
        LostConnection => StorageFault.Unreachable,
        { InnerException: LostConnection } => StorageFault.Unreachable,
        _ => inner.FaultOf(exception),
    };

    public override bool IsPassing(Exception exception) => exception is PassingFault or LostConnection;

    public override bool MayBeCommitted(Exception exception) => exception is LostConnection;

    public override string TakeFirst(string sql) => inner.TakeFirst(sql);

    public override long SizeBytes() => inner.SizeBytes();

    public override long LogBytes() => inner.LogBytes();

    public override void CopyTo(string file, Action<double> progress, CancellationToken cancellation) => inner.CopyTo(file, progress, cancellation);

    public override long LastInsertedKey(DbConnection connection, DbTransaction transaction) => inner.LastInsertedKey(connection, transaction);

    internal override void RequireSettings(DbConnection writer) => inner.RequireSettings(writer);

    internal override string TextOf(RowWrite write) => inner.TextOf(write);

    internal override RowCursor Rows(
        DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<(string Name, long Value)> parameters) =>
        inner.Rows(connection, transaction, sql, parameters);

    internal override RowStatement Statement(DbConnection connection, string sql, RowQueue queue) =>
        inner.Statement(connection, sql, queue);
}

/// <summary>A transaction was chosen to give way to another one.</summary>
internal sealed class PassingFault() : Exception("for this test: a deadlock");

/// <summary>The database does not answer any more.</summary>
internal sealed class LostConnection() : Exception("for this test: the connection is lost");

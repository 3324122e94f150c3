using System.Data.Common;
using Dapper;
using LabServer.Core.Storage;

namespace LabServer.Core.Tests.Sharing;

/// <summary>
/// SQLite as a simulated server has it: transactions begin when the simulation says so, and the time of leases is the simulation's.
/// The database itself refuses what only the server that has the share may write, whatever the product asks before it writes.
/// </summary>
internal sealed class SimulatedDialect(string path, TurnGate gate, VirtualClock clock, bool ignoresFences) : Dialect
{
    // By triggers of the connection, which know who writes on it.
    private const string Watch = """
        CREATE TEMP TABLE writer (server_id TEXT NOT NULL);
        CREATE TEMP TRIGGER grade_of_share BEFORE INSERT ON main.grade
        WHEN (SELECT server_id FROM main.grading_share WHERE share = NEW.subject_key % 64) IS NOT (SELECT server_id FROM writer)
        BEGIN SELECT RAISE(ABORT, 'a grade was written by a server that does not have the share'); END;
        CREATE TEMP TRIGGER event_of_share BEFORE INSERT ON main.adverse_event
        WHEN (SELECT server_id FROM main.grading_share WHERE share = NEW.subject_key % 64) IS NOT (SELECT server_id FROM writer)
        BEGIN SELECT RAISE(ABORT, 'an event was written by a server that does not have the share'); END;
        CREATE TEMP TRIGGER mark_of_share BEFORE DELETE ON main.pending_series
        WHEN (SELECT server_id FROM main.grading_share WHERE share = OLD.subject_key % 64) IS NOT (SELECT server_id FROM writer)
        BEGIN SELECT RAISE(ABORT, 'a mark was cleared by a server that does not have the share'); END;
        CREATE TEMP TRIGGER observation_of_intake BEFORE INSERT ON main.observation
        WHEN (SELECT server_id FROM main.grading_share WHERE share = -1) IS NOT (SELECT server_id FROM writer)
        BEGIN SELECT RAISE(ABORT, 'a result was taken up by a server that does not have the intake'); END;
        CREATE TEMP TRIGGER derived_of_intake BEFORE INSERT ON main.derived_result
        WHEN (SELECT server_id FROM main.grading_share WHERE share = -1) IS NOT (SELECT server_id FROM writer)
        BEGIN SELECT RAISE(ABORT, 'a result was derived by a server that does not have the intake'); END;
        """;

    private const string SetWriter = "INSERT INTO temp.writer (server_id) VALUES (@serverId)";

    private readonly SqliteDialect _sqlite = new(path, isShared: true);
    private DbConnection? _writer;

    public override string Name => _sqlite.Name;

    public override bool IsShared => true;

    /// <summary>From here on what the server writes is watched; before, it makes itself ready.</summary>
    public void WatchFor(string serverId)
    {
        _writer!.Execute(Watch);
        _writer!.Execute(SetWriter, new { serverId });
        IsWatched = true;
    }

    private bool IsWatched { get; set; }

    public override DbConnection OpenWriter() => _writer = _sqlite.OpenWriter();

    public override DbTransaction BeginWrite(DbConnection writer)
    {
        if (IsWatched)
        {
            gate.Pass();
        }

        return _sqlite.BeginWrite(writer);
    }

    public override long NowUs(WriteSession session) => (clock.Now - DateTimeOffset.UnixEpoch).Ticks / 10;

    public override DbConnection OpenReader() => _sqlite.OpenReader();

    public override DbTransaction BeginSnapshot(DbConnection reader) => _sqlite.BeginSnapshot(reader);

    public override void CloseReaders() => _sqlite.CloseReaders();

    public override bool IsUniqueViolation(DbException exception) => _sqlite.IsUniqueViolation(exception);

    public override StorageFault FaultOf(Exception exception) => _sqlite.FaultOf(exception);

    public override string TakeFirst(string sql) => _sqlite.TakeFirst(sql);

    internal override string CreateJournal => _sqlite.CreateJournal;

    internal override string TextOf(RowWrite write) => _sqlite.TextOf(write);

    internal override RowCursor Rows(
        DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<(string Name, long Value)> parameters) =>
        _sqlite.Rows(connection, transaction, sql, parameters);

    internal override RowStatement Statement(DbConnection connection, string sql) => _sqlite.Statement(
        connection, ignoresFences ? sql.Replace("share = @share AND fence = @fence", "share = @share AND fence >= @fence - @fence", StringComparison.Ordinal) : sql);

    public override long SizeBytes() => _sqlite.SizeBytes();

    public override long LogBytes() => _sqlite.LogBytes();

    public override void CopyTo(string file, Action<double> progress, CancellationToken cancellation) => _sqlite.CopyTo(file, progress, cancellation);

    public override long LastInsertedKey(DbConnection connection, DbTransaction transaction) => _sqlite.LastInsertedKey(connection, transaction);

    public override bool IsPassing(Exception exception) => _sqlite.IsPassing(exception);

    public override bool MayBeCommitted(Exception exception) => _sqlite.MayBeCommitted(exception);

    internal override void RequireSettings(DbConnection writer) => _sqlite.RequireSettings(writer);
}

using System.Data.Common;
using Dapper;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Sharing;

/// <summary>
/// SQLite as a simulated server has it: transactions begin when the simulation says so, and the time of leases is the simulation's.
/// The database itself refuses what only the server that has the share may write, whatever the product asks before it writes.
/// </summary>
internal sealed class SimulatedDialect(string path, TurnGate gate, VirtualClock clock, bool ignoresFences)
    : DialectDouble(new SqliteDialect(path, isShared: true))
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

    private DbConnection? _writer;
    private bool _isWatched;

    /// <summary>From here on what the server writes is watched; before, it makes itself ready.</summary>
    public void WatchFor(string serverId)
    {
        _writer!.Execute(Watch);
        _writer!.Execute(SetWriter, new { serverId });
        _isWatched = true;
    }

    public override DbConnection OpenWriter() => _writer = base.OpenWriter();

    public override DbTransaction BeginWrite(DbConnection writer)
    {
        if (_isWatched)
        {
            gate.Pass();
        }

        return base.BeginWrite(writer);
    }

    public override long NowUs(WriteSession session) => (clock.Now - DateTimeOffset.UnixEpoch).Ticks / 10;

    internal override RowStatement Statement(DbConnection connection, string sql, RowQueue queue) => base.Statement(
        connection,
        ignoresFences ? sql.Replace("share = @share AND fence = @fence", "share = @share AND fence >= @fence - @fence", StringComparison.Ordinal) : sql,
        queue);
}

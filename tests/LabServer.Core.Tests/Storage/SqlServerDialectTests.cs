using System.Data;
using System.Data.Common;
using Dapper;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support.Tds;
using Microsoft.Data.SqlClient;

namespace LabServer.Core.Tests.Storage;

/// <summary>What goes to SQL Server and what is made of its answers, against a server that speaks its protocol and knows no SQL.</summary>
public sealed class SqlServerDialectTests : IAsyncLifetime, IDisposable
{
    private const int Snapshot = 5;

    private readonly TdsServer _server = TdsServer.Start();
    private readonly SqlServerDialect _dialect;

    public SqlServerDialectTests()
    {
        _dialect = new SqlServerDialect(_server.ConnectionString + ";Multiple Active Result Sets=False");
        _server.Answer("SET XACT_ABORT ON", TdsAnswer.Done);
        AnswerLock(0);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _dialect.CloseReaders();

    [SqlClientFact]
    public void BeginWrite_TakesTheLockOfTheDatabaseWithinTheTransaction()
    {
        using var writer = _dialect.OpenWriter();

        using (var transaction = _dialect.BeginWrite(writer))
        {
            transaction.Commit();
        }

        Assert.Equal([SqlServerText.WriterSettings, "BEGIN", "sp_getapplock", "COMMIT"], _server.Requests.Select(Named));
        var locked = _server.Requests[2];
        Assert.NotEqual(0, locked.Transaction);
        Assert.Equal(locked.Transaction, _server.Requests[3].Transaction);
    }

    [SqlClientTheory]
    [InlineData(-1, false)]
    [InlineData(-3, true)]
    public void BeginWrite_LockIsNotGiven_IsBusyAndNoTransactionStaysOpen(int result, bool isPassing)
    {
        AnswerLock(result);
        using var writer = _dialect.OpenWriter();

        var fault = Assert.Throws<WriteLockException>(() => _dialect.BeginWrite(writer));

        Assert.Equal((StorageFault.Busy, isPassing), (_dialect.FaultOf(fault), _dialect.IsPassing(fault)));
        Assert.Equal("ROLLBACK", _server.Requests[^1].Text);
    }

    [SqlClientFact]
    public void BeginSnapshot_IsOneToTheServer()
    {
        using var reader = _dialect.OpenReader();

        using var transaction = _dialect.BeginSnapshot(reader);

        Assert.Equal(Snapshot, Assert.IsType<TdsTransaction>(_server.Requests[^1]).Isolation);
    }

    [SqlClientFact]
    public void Rows_OfAWrite_SendOneStatementWithTypedParameters()
    {
        _server.Answer("INSERT INTO dose", TdsAnswer.Changed(1));
        var write = new RowWrite("dose", "subject_key, dose_id", "amount, start_us, hash") { Replaces = true };

        var changed = Write(statement => statement.Add(7).Add("D1").Add(0.5).AddNull().Add([1, 2]).Run(), _dialect.TextOf(write));

        Assert.Equal(1, changed);
        var call = Call("INSERT INTO dose");
        Assert.Equal(
            [("@subject_key", "bigint", 7L), ("@dose_id", "nvarchar(4000)", "D1"), ("@amount", "float", 0.5), ("@start_us", "bigint", null)],
            call.Parameters.Take(4).Select(parameter => (parameter.Name, parameter.Type, parameter.Value)));
        Assert.Equal(new byte[] { 1, 2 }, call["@hash"]);
        Assert.NotEqual(0, call.Transaction);
    }

    [SqlClientFact]
    public void Rows_OneRowAfterTheOther_EachHasItsOwnValuesAndLongTextsAreWhole()
    {
        _server.Answer("UPDATE t", TdsAnswer.Changed(1));
        var large = new string('µ', 5_000);

        Write(
            statement =>
            {
                statement.Add(1).Add("a").Run();
                statement.AddNull().Add(large).Run();
                return statement.Add(3).AddText("c"u8).Run();
            },
            "UPDATE t SET a = @a, b = @b WHERE c = '@no' AND d = @a -- @none\nAND @@ROWCOUNT = 0");

        Assert.Equal<object?>(
            [1L, "a", null, large, 3L, "c"], _server.Requests.OfType<TdsCall>().SelectMany(call => call.Parameters).Select(parameter => parameter.Value));
    }

    [SqlClientFact]
    public void Insert_OfANumberedRow_GivesItsNumberOrThatThereIsNone()
    {
        var write = new RowWrite("result", "laboratory_key", "status") { Replaces = false, Number = "result_key" };
        _server.Answer("INSERT INTO result", TdsAnswer.Rows([new("result_key", TdsType.Long)]));
        _server.AnswerOnce("INSERT INTO result", TdsAnswer.Rows([new("result_key", TdsType.Long)], [41L]));

        Write(
            statement =>
            {
                Assert.Equal(41, statement.Add(1).Add(2).Insert());
                Assert.Null(statement.Add(1).Add(2).Insert());
                return 0;
            },
            _dialect.TextOf(write));
    }

    [SqlClientFact]
    public void Run_ParametersAreMissing_SaysSoAndSendsNothing()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Write(statement => statement.Add(1).Run(), "UPDATE t SET a = @a, b = @b"));

        Assert.Equal("The statement has 2 parameters, and 1 were given.", fault.Message);
        Assert.Empty(_server.Requests.OfType<TdsCall>());
    }

    [SqlClientFact]
    public void Each_RowsOfEveryType_AreRead()
    {
        AnswerRows("SELECT", [1L, 7, 0.5, "µ", new byte[] { 9 }], [2L, null, null, null, null]);
        List<string> rows = [];

        Write(
            statement =>
            {
                statement.Add(5).Each(row => rows.Add(
                    $"{row.Whole(0)} {row.Whole(1)} {row.Key(1)} {row.Number(2)} {row.Text(3)} {row.Bytes(4).Length}"));
                return 0;
            },
            "SELECT a, b, c, d, e FROM t WHERE a = @a");

        Assert.Equal(["1 7 7 0.5 µ 1", "2 0   " + " 0"], rows);
    }

    [SqlClientFact]
    public void FindWhole_CountOfTheEngine_IsTheNumber()
    {
        _server.Answer("SELECT COUNT", TdsAnswer.Rows([new("", TdsType.Int)], [12]));

        Assert.Equal(12, Write(statement => (int)statement.FindWhole()!.Value, "SELECT COUNT(*) FROM t"));
    }

    [SqlClientTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cursor_RowsOfEveryType_AreReadAndAgain(bool holdsRows)
    {
        AnswerRows("SELECT", [1L, 7, 0.5, "µ", new byte[] { 9 }], [2L, null, null, null, null]);
        using var reader = (SqlConnection)_dialect.OpenReader();
        using var transaction = (SqlTransaction)_dialect.BeginSnapshot(reader);
        using var cursor = new SqlServerRowCursor(reader, transaction, "SELECT a, b, c, d, e FROM t WHERE a = @a AND b = @b", holdsRows, [("@a", 3)]);
        List<string> rows = [];

        for (var round = 0; round < 2; round++)
        {
            cursor.Again(("@b", round));
            while (cursor.Read())
            {
                rows.Add($"{cursor.Whole(0)} {cursor.Whole(1)} {cursor.Key(1)} {cursor.Number(2)} {cursor.Text(3)}");
            }
        }

        Assert.Equal(["1 7 7 0.5 µ", "2 0   ", "1 7 7 0.5 µ", "2 0   "], rows);
        Assert.Equal([(3L, 0L), (3L, 1L)], _server.Requests.OfType<TdsCall>().Select(call => ((long)call["@a"]!, (long)call["@b"]!)));
        Assert.All(_server.Requests.OfType<TdsCall>(), call => Assert.NotEqual(0, call.Transaction));
    }

    [SqlClientFact]
    public void Cursor_OneQueryAtATime_OthersCanBeAskedAmidItsRows()
    {
        AnswerRows("SELECT a", [1L, 7, 0.5, "µ", null], [2L, 7, 0.5, "µ", null]);
        _server.Answer("SELECT unit", TdsAnswer.Rows([new("unit", TdsType.Text)], ["U/L"]));
        using var reader = _dialect.OpenReader();
        using var cursor = _dialect.Rows(reader, null, "SELECT a FROM t");
        List<string> rows = [];

        while (cursor.Read())
        {
            rows.Add(cursor.Whole(0) + reader.QuerySingle<string>("SELECT unit FROM unit"));
        }

        Assert.Equal(["1U/L", "2U/L"], rows);
    }

    [SqlClientFact]
    public void Settings_ReadersWouldWaitForWriters_RefusesAndSaysWhatToTurnOn()
    {
        TdsColumn[] columns = [new("name", TdsType.Text), new("", TdsType.Long), new("", TdsType.Long)];
        using var writer = _dialect.OpenWriter();
        _server.Answer("snapshot_isolation_state", TdsAnswer.Rows(columns, ["trials", 1L, 0L]));

        var fault = Assert.Throws<SchemaException>(() => _dialect.RequireSettings(writer));

        Assert.Contains("READ_COMMITTED_SNAPSHOT ON", fault.Message, StringComparison.Ordinal);
        _server.Answer("snapshot_isolation_state", TdsAnswer.Rows(columns, ["trials", 1L, 1L]));
        _dialect.RequireSettings(writer);
    }

    [SqlClientFact]
    public void Sizes_AreWhatTheFilesOfTheDatabaseHave()
    {
        _server.Answer("sys.database_files", TdsAnswer.Rows([new("", TdsType.Long)], [81_920L]));
        _server.Answer("f.type = 1", TdsAnswer.Rows([new("", TdsType.Long)], [8_192L]));

        Assert.Equal((81_920, 8_192), (_dialect.SizeBytes(), _dialect.LogBytes()));
    }

    [SqlClientFact]
    public void NowUs_IsTheClockOfTheDatabase()
    {
        _server.Answer("SYSUTCDATETIME", TdsAnswer.Rows([new("", TdsType.Long)], [1_700_000_000_000_000L]));
        using var writer = _dialect.OpenWriter();
        using var transaction = _dialect.BeginWrite(writer);
        using var statements = new PreparedStatements(writer, _dialect);

        Assert.Equal(1_700_000_000_000_000, _dialect.NowUs(new WriteSession(writer, transaction, _dialect, TimeProvider.System, statements)));
    }

    [Fact]
    public void CopyTo_SaysThatBackupsAreTheEnginesOwn() => Assert.Contains(
        "BACKUP DATABASE", Assert.Throws<NotSupportedException>(() => _dialect.CopyTo("x", _ => { }, CancellationToken.None)).Message, StringComparison.Ordinal);

    [Fact]
    public void Dialect_NoConnectionString_Refuses() => Assert.Throws<ArgumentException>(() => new SqlServerDialect("no connection"));

    private static string Named(TdsRequest request) =>
        request.Text.Contains("sp_getapplock", StringComparison.Ordinal) ? "sp_getapplock" : request.Text;

    private void AnswerLock(int result) => _server.Answer("sp_getapplock", TdsAnswer.Rows([new("", TdsType.Int)], [result]));

    private void AnswerRows(string part, params object?[][] rows) => _server.Answer(part, TdsAnswer.Rows(
        [new("a", TdsType.Long), new("b", TdsType.Int), new("c", TdsType.Number), new("d", TdsType.Text), new("e", TdsType.Bytes)], rows));

    private TdsCall Call(string part) =>
        Assert.Single(_server.Requests.OfType<TdsCall>(), call => call.Text.Contains(part, StringComparison.Ordinal));

    private int Write(Func<RowStatement, int> work, string sql)
    {
        using DbConnection writer = _dialect.OpenWriter();
        using var transaction = _dialect.BeginWrite(writer);
        using var statement = _dialect.Statement(writer, sql, new RowQueue());
        statement.Begin(transaction);
        return work(statement);
    }
}

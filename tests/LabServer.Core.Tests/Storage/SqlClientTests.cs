using System.Data;
using Dapper;
using LabServer.Core.Tests.Support.Tds;
using Microsoft.Data.SqlClient;
using Microsoft.Data.SqlClient.Server;

namespace LabServer.Core.Tests.Storage;

/// <summary>
/// SqlClient gets through everything that LabServer does with it: with an assembly missing it connects, and fails at the
/// first parameter, bulk copy or table-valued parameter.
/// </summary>
public sealed class SqlClientTests : IAsyncLifetime, IDisposable
{
    private readonly TdsServer _server = TdsServer.Start();
    private readonly SqlConnection _connection = new();

    public Task InitializeAsync()
    {
        _connection.ConnectionString = _server.ConnectionString;
        return _connection.OpenAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _connection.Dispose();

    [SqlClientFact]
    public void Open_WithAConnectionString_SaysWhichDatabase()
    {
        Assert.Equal(("labserver", "labserver"), (_connection.Database, Assert.Single(_server.Logins).Database));
        Assert.Equal("labserver", _server.Logins[0].User);
    }

    [SqlClientFact]
    public void Parameters_OfEveryTypeThatIsUsed_ArriveAsTheyAre()
    {
        _server.Answer("INSERT INTO result", TdsAnswer.Changed(1));
        using var command = new SqlCommand("INSERT INTO result VALUES (@key, @value, @text, @hash, @none)", _connection);
        command.Parameters.AddWithValue("@key", long.MaxValue);
        command.Parameters.AddWithValue("@value", 61.6);
        command.Parameters.Add(new SqlParameter("@text", SqlDbType.NVarChar, 200) { Value = "10⁹/L \uD83E\uDDEA" });
        command.Parameters.Add(new SqlParameter("@hash", SqlDbType.VarBinary, 32) { Value = new byte[] { 0, 1, 255 } });
        command.Parameters.Add(new SqlParameter("@none", SqlDbType.Float) { Value = DBNull.Value });

        Assert.Equal(1, command.ExecuteNonQuery());

        var call = Assert.IsType<TdsCall>(Assert.Single(_server.Requests));
        Assert.Equal(("sp_executesql", command.CommandText), (call.Procedure, call.Text));
        Assert.Equal(
            [("@key", "bigint"), ("@value", "float"), ("@text", "nvarchar(200)"), ("@hash", "varbinary(32)"), ("@none", "float")],
            call.Parameters.Select(parameter => (parameter.Name, parameter.Type)));
        Assert.Equal<object?>([long.MaxValue, 61.6, "10⁹/L \uD83E\uDDEA", new byte[] { 0, 1, 255 }, null], call.Parameters.Select(parameter => parameter.Value));
    }

    [SqlClientFact]
    public void Parameters_LongerThanAPage_ArriveWhole()
    {
        var (text, bytes) = (new string('\u00B5', 100_000), Enumerable.Range(0, 100_000).Select(i => (byte)i).ToArray());
        _server.Answer("UPDATE", TdsAnswer.Changed(1));

        _connection.Execute("UPDATE report SET page = @text, file = @bytes", new { text, bytes });

        var call = Assert.IsType<TdsCall>(Assert.Single(_server.Requests));
        Assert.Equal((text, "nvarchar(max)"), (call["@text"], call.Parameters.Single(parameter => parameter.Name == "@text").Type));
        Assert.Equal(bytes, call["@bytes"]);
    }

    [SqlClientFact]
    public void Query_RowsOfEveryType_AreRead()
    {
        TdsColumn[] columns =
        [
            new("key", TdsType.Long), new("count", TdsType.Int), new("value", TdsType.Number), new("text", TdsType.Text), new("page", TdsType.LongText),
            new("hash", TdsType.Bytes),
        ];
        var page = new string('x', 20_000);
        _server.Answer("SELECT", TdsAnswer.Rows(columns, [1L, 7L, 0.1, "µ", page, new byte[] { 9 }], [2L, null, null, null, null, null]));

        using var command = new SqlCommand("SELECT * FROM result", _connection);
        using var reader = command.ExecuteReader();

        Assert.True(reader.Read());
        Assert.Equal((1L, 7, 0.1), (reader.GetInt64(0), reader.GetInt32(1), reader.GetDouble(2)));
        Assert.Equal(("µ", page), (reader.GetString(3), reader.GetString(4)));
        Assert.Equal(new byte[] { 9 }, reader.GetFieldValue<byte[]>(5));
        Assert.True(reader.Read());
        Assert.All(Enumerable.Range(1, 5), i => Assert.True(reader.IsDBNull(i)));
        Assert.False(reader.Read());
    }

    [SqlClientFact]
    public void Query_ManyTextsOfAnyLength_AreReadWholeOverAllTheirPackets()
    {
        TdsColumn[] columns = [new("key", TdsType.Long), new("short", TdsType.Text), .. Enumerable.Range(0, 6).Select(i => new TdsColumn($"long{i}", TdsType.LongText))];
        List<object?[]> rows = [.. Enumerable.Range(0, 2_000).Select(i => columns.Select((_, column) => column == 0 ? i % 3 == 0 ? null : (object?)(long)i : new string('x', i * column % 37)).ToArray())];
        rows[1_000][3] = new string('y', 50_001);
        _server.Answer("SELECT", TdsAnswer.Rows(columns, rows));

        using var command = new SqlCommand("SELECT * FROM result", _connection);
        using var reader = command.ExecuteReader();
        foreach (var row in rows)
        {
            Assert.True(reader.Read());
            var values = new object[columns.Length];
            reader.GetValues(values);
            Assert.Equal(row.Select(value => value ?? DBNull.Value), values);
        }
    }

    [SqlClientFact]
    public void PreparedStatement_RunTwice_IsPreparedOnceAndCalledByItsHandle()
    {
        _server.Answer("SELECT hold_reasons", TdsAnswer.Rows([new("hold_reasons", TdsType.Long)], [4L]));
        using (var command = new SqlCommand("SELECT hold_reasons FROM result WHERE result_key = @key", _connection))
        {
            command.Parameters.Add("@key", SqlDbType.BigInt).Value = 1L;
            command.Prepare();
            Assert.Equal(4L, command.ExecuteScalar());
            command.Parameters[0].Value = 2L;
            Assert.Equal(4L, command.ExecuteScalar());
        }

        Assert.Equal(["sp_prepexec", "sp_execute"], _server.Requests.Cast<TdsCall>().Select(call => call.Procedure));
        Assert.Equal<object?>([1L, 2L], _server.Requests.Cast<TdsCall>().Select(call => call["@key"]));
        Assert.Equal(_server.Requests[0].Text, _server.Requests[1].Text);
    }

    [SqlClientFact]
    public void BulkCopy_OfAReader_CarriesEveryColumnToTheOneNamed()
    {
        _server.Tables["#sent"] = [new("position", TdsType.Long), new("value", TdsType.Number), new("text", TdsType.OfText(200)), new("page", TdsType.LongText), new("hash", TdsType.OfBytes(32))];
        using var rows = new DataTable { Columns = { { "hash", typeof(byte[]) }, { "page", typeof(string) }, { "text", typeof(string) }, { "value", typeof(double) }, { "position", typeof(long) } } };
        var page = new string('ü', 9_000);
        rows.Rows.Add(new byte[] { 1, 2 }, page, "a", 0.5, 1L);
        rows.Rows.Add(Array.Empty<byte>(), "", "", DBNull.Value, 2L);
        using var copy = new SqlBulkCopy(_connection) { DestinationTableName = "#sent" };
        foreach (var column in rows.Columns.Cast<DataColumn>())
        {
            copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
        }

        using var reader = rows.CreateDataReader();
        copy.WriteToServer(reader);

        var sent = Assert.Single(_server.Requests.OfType<TdsBulkRows>());
        Assert.StartsWith("insert bulk [#sent] ([position] BigInt, [value] Float, [text] NVarChar(200) COLLATE Latin1_General_100_BIN2", sent.Text, StringComparison.Ordinal);
        Assert.Equal(["position", "value", "text", "page", "hash"], sent.Columns.Select(column => column.Name));
        Assert.Equal([[1L, 0.5, "a", page, new byte[] { 1, 2 }], [2L, null, "", "", Array.Empty<byte>()]], sent.Rows);
        Assert.Equal(2, copy.RowsCopied);
    }

    [SqlClientFact]
    public void TableValuedParameter_OfRecords_ArrivesWithItsRows()
    {
        _server.Answer("SELECT", TdsAnswer.Rows([new("found", TdsType.Long)], [2L]));
        var record = new SqlDataRecord(new SqlMetaData("subject_id", SqlDbType.NVarChar, 200), new SqlMetaData("subject_key", SqlDbType.BigInt));
        using var command = new SqlCommand("SELECT COUNT_BIG(*) FROM @subjects", _connection);
        command.Parameters.Add(new SqlParameter("@subjects", SqlDbType.Structured) { TypeName = "dbo.subject_list", Value = Records() });

        Assert.Equal(2L, command.ExecuteScalar());

        var table = Assert.IsType<TdsTable>(Assert.IsType<TdsCall>(Assert.Single(_server.Requests))["@subjects"]);
        Assert.Equal("dbo.subject_list", table.TypeName);
        Assert.Equal(["nvarchar(200)", "bigint"], table.Columns.Select(column => column.Type.Name));
        Assert.Equal([["01", 1L], ["02", null]], table.Rows);

        IEnumerable<SqlDataRecord> Records()
        {
            record.SetValues("01", 1L);
            yield return record;
            record.SetValues("02", DBNull.Value);
            yield return record;
        }
    }

    [SqlClientTheory]
    [InlineData(IsolationLevel.Snapshot, 5)]
    [InlineData(IsolationLevel.ReadCommitted, 2)]
    public void Transaction_Committed_HoldsWhatIsSentInIt(IsolationLevel isolation, byte onTheWire)
    {
        _server.Answer("SELECT", TdsAnswer.Rows([new("marks", TdsType.Long)], [3L]));

        using (var transaction = _connection.BeginTransaction(isolation))
        {
            Assert.Equal(3L, _connection.ExecuteScalar<long>("SELECT marks FROM grading_state", transaction: transaction));
            transaction.Commit();
        }

        Assert.Equal(["BEGIN", "SELECT marks FROM grading_state", "COMMIT"], _server.Requests.Select(request => request.Text));
        Assert.Equal([0L, 1L, 1L], _server.Requests.Select(request => request.Transaction));
        Assert.Equal(onTheWire, Assert.IsType<TdsTransaction>(_server.Requests[0]).Isolation);
    }

    [SqlClientFact]
    public void Transaction_LeftWithoutCommit_IsRolledBack()
    {
        using (_connection.BeginTransaction())
        {
        }

        Assert.Equal(["BEGIN", "ROLLBACK"], _server.Requests.Select(request => request.Text));
    }

    [SqlClientTheory]
    [InlineData(0)]
    [InlineData(-1)]
    public void ApplicationLock_AskedFor_GivesWhatTheProcedureReturns(int status)
    {
        _server.Answer("sp_getapplock", TdsAnswer.Returns(status));
        using var command = new SqlCommand("sp_getapplock", _connection) { CommandType = CommandType.StoredProcedure };
        command.Parameters.AddWithValue("@Resource", "labserver:write");
        command.Parameters.AddWithValue("@LockMode", "Exclusive");
        command.Parameters.AddWithValue("@LockTimeout", 3_000);
        var returned = command.Parameters.Add("@returned", SqlDbType.Int);
        returned.Direction = ParameterDirection.ReturnValue;

        command.ExecuteNonQuery();

        Assert.Equal(status, returned.Value);
        var call = Assert.IsType<TdsCall>(Assert.Single(_server.Requests));
        Assert.Equal<object?>(["labserver:write", "Exclusive", 3_000L], call.Parameters.Select(parameter => parameter.Value));
    }

    [SqlClientTheory]
    [InlineData(2627, 14)]
    [InlineData(2601, 14)]
    [InlineData(1205, 13)]
    [InlineData(1222, 16)]
    [InlineData(40501, 20)]
    [InlineData(1105, 17)]
    public void Error_OfTheServer_IsAnExceptionWithItsNumber(int number, byte severity)
    {
        _server.Answer("INSERT", TdsAnswer.Error(number, "no", severity));

        var exception = Assert.Throws<SqlException>(() => _connection.Execute("INSERT INTO sender (sender) VALUES (@name)", new { name = "x" }));

        Assert.Equal((number, severity), (exception.Number, exception.Class));
        Assert.Equal(severity < 20 ? ConnectionState.Open : ConnectionState.Closed, _connection.State);
    }

    [SqlClientFact]
    public void Connection_DroppedInTheMiddle_IsAnException()
    {
        _server.Answer("INSERT", TdsAnswer.Dropped);

        Assert.Throws<SqlException>(() => _connection.Execute("INSERT INTO sender (sender) VALUES (@name)", new { name = "x" }));

        Assert.NotEqual(ConnectionState.Open, _connection.State);
    }

    [SqlClientFact]
    public void Command_LongerThanItsTimeout_IsGivenUpAndTheConnectionGoesOn()
    {
        _server.Answer("WAITFOR", TdsAnswer.Nothing);
        _server.Answer("SELECT 1", TdsAnswer.Rows([new("", TdsType.Int)], [1L]));

        var exception = Assert.Throws<SqlException>(() => _connection.Execute("WAITFOR DELAY '01:00'", commandTimeout: 1));

        Assert.Equal(-2, exception.Number);
        Assert.Contains(_server.Requests, request => request is TdsAttention);
        Assert.Equal(1, _connection.ExecuteScalar<int>("SELECT 1"));
    }

    [SqlClientFact]
    public void Statement_NobodyForesaw_Fails() =>
        Assert.Equal(50_000, Assert.Throws<SqlException>(() => _connection.Execute("DROP TABLE result")).Number);
}

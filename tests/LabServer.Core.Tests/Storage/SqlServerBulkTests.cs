using System.Text;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Storage.TSql;
using LabServer.Core.Tests.Support;
using LabServer.Core.Tests.Support.Tds;
using Microsoft.Data.SqlClient;

namespace LabServer.Core.Tests.Storage;

/// <summary>What a batch's bulk copy carries, as the server reads it off the wire.</summary>
public sealed class SqlServerBulkTests : IAsyncLifetime
{
    private static readonly CheckContext Context = new(new FixedTime("2021-06-01T12:00:00Z"), TimeZoneInfo.Utc, TestCatalogue.Default);
    private static readonly IReadOnlyDictionary<string, SqlTable> Schema = SqlServerSchema.OfWriter().Tables;

    private static readonly LabResult Full = new()
    {
        StudyId = "S1",
        Laboratory = "CENTRAL",
        SourceResultId = "r-1 µ",
        Version = 3,
        SubjectId = "01",
        Specimen = "SERUM",
        Category = "CHEMISTRY",
        TestCode = "ALT",
        ReportedValue = "61.60",
        ReportedUnit = "U/L",
        ReferenceLow = "5",
        ReferenceHigh = "40",
        CollectedAt = "2021-03-02T08:30:00Z",
        ResultedAt = "2021-03-02",
        Visit = "WEEK 1",
        VisitNumber = "2.1",
        Instrument = "AU5800",
        Method = "IFCC",
        Status = ResultStatus.Corrected,
        SpecimenCondition = "HEMOLYZED",
        Fasting = Fasting.Yes,
    };

    private readonly TdsServer _server = TdsServer.Start();

    public Task InitializeAsync()
    {
        foreach (var table in new[] { "#sent", "#rejected" })
        {
            _server.Answer(FormattableString.Invariant($"IF OBJECT_ID(N'tempdb..{table}')"), TdsAnswer.Done);
            _server.Tables[table] = ColumnsOf(table);
        }

        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [SqlClientFact]
    public void Fill_AResultWithEverything_CarriesItColumnByColumn()
    {
        var batch = Batch(Full);
        Fill(new SentRows(batch, [new SentRow(0, batch.Results[0], SubjectKey: 7, TestKey: 8, HoldReasons.None)]));

        var sent = Assert.Single(_server.Requests.OfType<TdsBulkRows>());
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["position"] = 0L,
                ["source_result_id"] = "r-1 µ",
                ["version"] = 3L,
                ["subject_id"] = "01",
                ["specimen"] = "SERUM",
                ["category"] = "CHEMISTRY",
                ["test_code"] = "ALT",
                ["reported_value"] = "61.60",
                ["reported_unit"] = "U/L",
                ["reference_low"] = "5",
                ["reference_high"] = "40",
                ["collected_at"] = "2021-03-02T08:30:00Z",
                ["resulted_at"] = "2021-03-02",
                ["visit"] = "WEEK 1",
                ["visit_number"] = "2.1",
                ["instrument"] = "AU5800",
                ["method"] = "IFCC",
                ["status"] = (long)ResultStatus.Corrected,
                ["specimen_condition"] = "HEMOLYZED",
                ["fasting"] = (long)Fasting.Yes,
                ["content_hash"] = Full.ContentHash(),
                ["subject_key"] = 7L,
                ["test_key"] = 8L,
                ["standard_value"] = 61.6,
                ["collected_us"] = 1_614_673_800_000_000L,
                ["hold_reasons"] = 0L,
            },
            sent.Columns.Zip(Assert.Single(sent.Rows)).ToDictionary(cell => cell.First.Name, cell => cell.Second));
    }

    [SqlClientFact]
    public void Fill_AHeldResultWithLittle_HasNullsWhereNothingIsKnown()
    {
        var batch = Batch(Full, new LabResult { Laboratory = "CENTRAL", SourceResultId = "r2", SubjectId = "99", TestCode = "NOSUCH", ReportedValue = "1", CollectedAt = "2021" });
        Fill(new SentRows(batch, [new SentRow(1, batch.Results[1], SubjectKey: null, TestKey: null, HoldReasons.UnknownSubject | HoldReasons.UnknownTest)]));

        var sent = Assert.Single(_server.Requests.OfType<TdsBulkRows>());
        var row = sent.Columns.Zip(Assert.Single(sent.Rows)).ToDictionary(cell => cell.First.Name, cell => cell.Second);
        Assert.Equal(["standard_value", "subject_key", "test_key"], row.Where(cell => cell.Value is null).Select(cell => cell.Key).Order(StringComparer.Ordinal));
        Assert.Equal((1L, "", 3L), (row["position"], row["visit"], row["hold_reasons"]));
    }

    [SqlClientFact]
    public void Fill_RejectedResults_CarriesTheirLogEntries()
    {
        var batch = Batch(Full with { ReportedValue = "1,5" });
        var (entry, faults) = (batch.RejectEntry(0)!, batch.Results[0].Faults);
        Fill(new SentRejects(batch, [new SentReject(0, "r-1 µ", entry, faults)]));

        var sent = Assert.Single(_server.Requests.OfType<TdsBulkRows>());
        Assert.Equal(["position", "source_result_id", "content_hash", "sent", "faults"], sent.Columns.Select(column => column.Name));
        Assert.Equal(
            [0L, "r-1 µ", (Full with { ReportedValue = "1,5" }).ContentHash(), Encoding.UTF8.GetString(entry.Sent), Encoding.UTF8.GetString(entry.Faults)],
            Assert.Single(sent.Rows));
    }

    [SqlClientFact]
    public void Fill_OneBatchAfterTheOther_IsInTheTransactionAndEmptiesTheTableBefore()
    {
        var batch = Batch([.. Enumerable.Range(1, 5_000).Select(i => Full with { SourceResultId = $"r{i}" })]);
        List<SentRow> rows = [.. batch.Results.Select((result, i) => new SentRow(i, result, 1, 2, HoldReasons.None))];
        Fill(new SentRows(batch, rows), new SentRows(batch, rows));

        Assert.All(_server.Requests.Skip(1), request => Assert.Equal(1, request.Transaction));
        var statements = _server.Requests.Where(request => request.Text.Contains("#sent", StringComparison.Ordinal) && request is TdsBatch).ToList();
        Assert.Equal(2, statements.Count(request => request.Text.EndsWith("TRUNCATE TABLE \"#sent\"", StringComparison.Ordinal)));
        Assert.All(
            _server.Requests.OfType<TdsBulkRows>(),
            sent => Assert.Equal(rows.Select(row => (object?)row.Checked.Result.SourceResultId), sent.Rows.Select(row => row[1])));
        Assert.Equal(2, _server.Requests.OfType<TdsBulkRows>().Count());
    }

    [SqlClientFact]
    public void Fill_ATextThatIsLongerThanItsColumn_FailsAndCutsNothing()
    {
        var batch = Batch(Full with { Visit = new string('x', 201) });

        Assert.ThrowsAny<Exception>(() => Fill(new SentRows(batch, [new SentRow(0, batch.Results[0], 1, 2, HoldReasons.None)])));

        Assert.DoesNotContain(_server.Requests, request => request is TdsBulkRows);
    }

    [SqlClientTheory]
    [InlineData(2627)]
    [InlineData(1105)]
    public void Fill_TheServerRefusesTheRows_FailsWithItsNumber(int number)
    {
        _server.AnswerOnce("insert bulk", TdsAnswer.Error(number));
        var batch = Batch(Full);

        Assert.Equal(number, Assert.Throws<SqlException>(() => Fill(new SentRows(batch, [new SentRow(0, batch.Results[0], 1, 2, HoldReasons.None)]))).Number);
    }

    /// <summary>The temporary tables take what the tables behind them take, and no other: nothing is cut, rounded or compared otherwise on the way.</summary>
    [Theory]
    [InlineData("#sent", "result", "laboratory_key, received_us, result_key, sender_key")]
    [InlineData("#rejected", "rejected_result", "laboratory_key, received_us, rejected_key, sender_key")]
    public void Table_OfTheConnection_HasTheColumnsOfTheTableBehindIt(string temporary, string table, string given)
    {
        var (own, behind) = (Schema[temporary].Columns.Where(column => column.Name != "position").ToList(), Schema[table].Columns);

        Assert.Equal(given, string.Join(", ", behind.Select(column => column.Name).Except(own.Select(column => column.Name)).Order(StringComparer.Ordinal)));
        foreach (var column in own)
        {
            var same = Assert.Single(behind, other => other.Name == column.Name);
            Assert.Equal((same.Type, same.IsNullable), (column.Type, column.IsNullable));
            Assert.True(same.MostBytes is null || column.MostBytes <= same.MostBytes, $"{column.Name} is longer than in {table}");
            Assert.True(column.Type != SqlType.Text || column.MostBytes is null or >= 2 * ResultChecks.MaxTextLength, $"{column.Name} does not hold what the checks let through");
        }
    }

    [Fact]
    public void Rows_OfBothTables_HaveTheColumnsOfTheirTables()
    {
        var batch = Batch(Full);
        Assert.Equal(Schema["#sent"].Columns.Select(column => column.Name), new SentRows(batch, []).Columns);
        Assert.Equal(Schema["#rejected"].Columns.Select(column => column.Name), new SentRejects(batch, []).Columns);
    }

    /// <summary>Columns of a temporary table, as a server tells a bulk copy of them.</summary>
    internal static IReadOnlyList<TdsColumn> ColumnsOf(string table) => [.. Schema[table].Columns.Select(column => new TdsColumn(column.Name, TypeOf(column)))];

    private static ResultBatch Batch(params LabResult[] results) =>
        new(new Study { StudyId = "S1" }, "CENTRAL", "tester", Context, [.. results.Select(result => ResultChecks.Check(result, Context))]);

    private static TdsType TypeOf(SqlColumn column) => column.Type switch
    {
        SqlType.Text => column.MostBytes is { } bytes ? TdsType.OfText(bytes / sizeof(char)) : TdsType.LongText,
        SqlType.Bytes => TdsType.OfBytes(column.MostBytes!.Value),
        SqlType.Float => TdsType.Number,
        _ => TdsType.Long,
    };

    private void Fill(params BulkRows[] all)
    {
        using var connection = _server.Open();
        using var transaction = connection.BeginTransaction();
        foreach (var rows in all)
        {
            SqlServerBulk.Fill(connection, transaction, rows);
        }

        transaction.Commit();
    }
}

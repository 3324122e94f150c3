using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using LabServer.Core.Tests.Support.Tds;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Storage;

/// <summary>
/// A batch on its way to SQL Server: what is sent, in which order and transaction, and what becomes of the answers. The answers
/// are the test's; what a real server would give to these statements the tests of <see cref="ResultsAtOnceTests"/> show on SQLite.
/// </summary>
public sealed class SqlServerIngestionTests : IAsyncLifetime
{
    private static readonly FixedTime Time = new("2021-06-01T12:00:00Z");
    private static readonly TdsColumn Key = new("key", TdsType.Long);
    private static readonly TdsColumn Text = new("text", TdsType.Text);

    private readonly TdsServer _server = TdsServer.Start();
    private Database? _database;

    public Task InitializeAsync()
    {
        _server.Answer("SET XACT_ABORT ON", TdsAnswer.Done);
        _server.Answer("FROM sys.databases", TdsAnswer.Rows([Text, Key, Key], ["labserver", 1L, 1L]));
        _server.Answer("sp_getapplock", TdsAnswer.Rows([new TdsColumn("", TdsType.Int)], [0L]));
        _server.Answer("schema_journal (", TdsAnswer.Done);
        _server.Answer(
            "FROM schema_journal",
            TdsAnswer.Rows([Key, Text, Text], [.. SchemaUpgrade.Files("sqlserver").Select(file => new object?[] { (long)file.Number, file.Name, file.Sha256 })]));
        _server.Answer("FROM audit_entry", TdsAnswer.Rows([Key], [0L]));
        _server.Answer("SELECT entry_number AS Number", TdsAnswer.Rows([Key, Key, new TdsColumn("Hash", TdsType.OfBytes(32))]));
        _server.Answer("INSERT INTO audit_entry", TdsAnswer.Changed(1));
        _server.Answer("FROM laboratory", TdsAnswer.Rows([Key], [5L]));
        _server.Answer("FROM sender", TdsAnswer.Rows([Key], [6L]));
        _server.Answer("FROM test", TdsAnswer.Rows([Key], [8L]));
        _server.Answer("FROM subject", TdsAnswer.Rows([Key], [7L]));
        foreach (var table in new[] { "#sent", "#rejected" })
        {
            _server.Answer(FormattableString.Invariant($"IF OBJECT_ID(N'tempdb..{table}')"), TdsAnswer.Done);
            _server.Tables[table] = SqlServerBulkTests.ColumnsOf(table);
        }

        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await _server.DisposeAsync();
    }

    [SqlClientFact]
    public async Task Append_NewResults_AreCopiedAndInsertedByOneStatementInTheLockedTransaction()
    {
        _server.Answer("MAX(result_key)", TdsAnswer.Rows([Key], [41L]));
        _server.Answer("INSERT INTO result ", TdsAnswer.Changed(2));

        var outcomes = await Append(Alt("a", "30", "2021-03-02"), Alt("b", "31", "2021-03-02"));

        Assert.Equal([Disposition.Accepted, Disposition.Accepted], outcomes.Select(outcome => outcome.Disposition));
        var sent = _server.Requests.SkipWhile(request => !request.Text.Contains("tempdb..#sent", StringComparison.Ordinal)).ToList();
        var transaction = sent[0].Transaction;
        Assert.NotEqual(0, transaction);
        Assert.All(sent, request => Assert.Equal(transaction, request.Transaction));
        Assert.True(Place(_server.Requests, "sp_getapplock", transaction) < Place(_server.Requests, "tempdb..#sent", transaction));
        Assert.Equal(
            ["IF OBJECT_ID(N", "select @@tranc", "insert bulk [#", "insert bulk [#", "SELECT COALESC", "INSERT INTO re", "SELECT entry_n", "INSERT INTO au", "COMMIT"],
            sent.Select(request => request.Text.Length > 14 ? request.Text[..14] : request.Text));
        Assert.Equal(["a", "b"], sent.OfType<TdsBulkRows>().Single().Rows.Select(row => row[1]));
        var insert = Assert.Single(sent.OfType<TdsCall>(), call => call.Text.StartsWith("INSERT INTO result ", StringComparison.Ordinal));
        Assert.Equal((41L, 5L, 6L), (insert["@last"], insert["@laboratory_key"], insert["@sender_key"]));
        var audit = Assert.Single(sent.OfType<TdsCall>(), call => call.Text.StartsWith("INSERT INTO audit_entry", StringComparison.Ordinal));
        Assert.Contains("\"rows\":2,\"first\":42,\"last\":43", (string)audit["@after_json"]!, StringComparison.Ordinal);
    }

    [SqlClientFact]
    public async Task Append_RepeatsAndConflicts_AreWhatTheDatabaseSaysAndGoIntoTheRejectLog()
    {
        _server.Answer("MAX(result_key)", TdsAnswer.Rows([Key], [41L]));
        _server.Answer("MAX(rejected_key)", TdsAnswer.Rows([Key], [9L]));
        _server.Answer("INSERT INTO result ", TdsAnswer.Changed(1));
        _server.Answer("CASE WHEN r.content_hash", TdsAnswer.Rows([Key, Key], [0L, 0L], [1L, 4L], [3L, -1L]));
        _server.Answer("INSERT INTO rejected_result", TdsAnswer.Changed(2));

        var outcomes = await Append(
            Alt("a", "30", "2021-03-02"), Alt("b", "31", "2021-03-02"), Alt("c", "1,5", "2021-03-02"), Alt("d", "32", "2021-03-02"), Alt("e", "33", "2021-03-02"));

        Assert.Equal(
            [
                (Disposition.Duplicate, Disposition.None, HoldReasons.None), (Disposition.Duplicate, Disposition.Held, HoldReasons.UnknownUnit),
                (Disposition.Rejected, Disposition.None, HoldReasons.None), (Disposition.Rejected, Disposition.None, HoldReasons.None),
                (Disposition.Accepted, Disposition.None, HoldReasons.None),
            ],
            outcomes.Select(outcome => (outcome.Disposition, outcome.OnFile, outcome.HoldReasons)));
        Assert.Equal("CONTENT_CONFLICT", Assert.Single(outcomes[3].Faults).WireCode);
        var rejected = Assert.Single(_server.Requests.OfType<TdsBulkRows>(), rows => rows.Text.Contains("#rejected", StringComparison.Ordinal));
        Assert.Equal([(2L, "c"), (3L, "d")], rejected.Rows.Select(row => ((long)row[0]!, (string)row[1]!)));
        Assert.Equal(9L, Calls("INSERT INTO rejected_result").Single()["@last"]);
    }

    [SqlClientFact]
    public async Task Append_NewerVersions_AreNotedAndAmendWhatIsOlder()
    {
        _server.Answer("MAX(result_key)", TdsAnswer.Rows([Key], [41L]));
        _server.Answer("INSERT INTO result ", TdsAnswer.Changed(2));
        _server.Answer("INSERT INTO amended_result", TdsAnswer.Changed(2));
        _server.Answer("o.version < r.version", TdsAnswer.Rows([Key], [1L]));

        var outcomes = await Append(Alt("a", "30", "2021-03-02", version: 2), Alt("b", "31", "2021-03-02", version: 2));

        Assert.Equal([Disposition.Accepted, Disposition.Amended], outcomes.Select(outcome => outcome.Disposition));
    }

    [SqlClientTheory]
    [InlineData(2627)]
    [InlineData(2601)]
    public async Task Append_AnotherServerWasFirst_IsDoneAgainAndIsADuplicate(int number)
    {
        _server.Answer("MAX(result_key)", TdsAnswer.Rows([Key], [42L]));
        _server.Answer("INSERT INTO result ", TdsAnswer.Changed(0));
        _server.AnswerOnce("INSERT INTO result ", TdsAnswer.Error(number, severity: 14, endsTransaction: true));
        _server.Answer("CASE WHEN r.content_hash", TdsAnswer.Rows([Key, Key], [0L, 0L]));

        var outcome = Assert.Single(await Append(Alt("a", "30", "2021-03-02")));

        Assert.Equal(Disposition.Duplicate, outcome.Disposition);
        Assert.Equal(2, _server.Requests.OfType<TdsBulkRows>().Count());
        Assert.Equal(2, Calls("INSERT INTO result ").Count());
        Assert.Empty(Calls("INSERT INTO audit_entry"));
    }

    [SqlClientFact]
    public async Task Append_DatabaseSaysOtherThanItDid_IsNotAcknowledged()
    {
        _server.Answer("MAX(result_key)", TdsAnswer.Rows([Key], [41L]));
        _server.Answer("INSERT INTO result ", TdsAnswer.Changed(1));
        _server.Answer("CASE WHEN r.content_hash", TdsAnswer.Rows([Key, Key]));

        await Assert.ThrowsAsync<InvalidOperationException>(() => Append(Alt("a", "30", "2021-03-02"), Alt("b", "31", "2021-03-02")));

        Assert.Equal("ROLLBACK", _server.Requests[^1].Text);
    }

    [SqlClientFact]
    public async Task Append_CommitIsNotAnswered_IsNotAcknowledgedAndNotSentAgain()
    {
        _server.Answer("MAX(result_key)", TdsAnswer.Rows([Key], [41L]));
        _server.Answer("INSERT INTO result ", TdsAnswer.Changed(1));
        Open();
        _server.Answer("COMMIT", TdsAnswer.Dropped);

        await Assert.ThrowsAsync<CommitUnknownException>(() => Append(Alt("a", "30", "2021-03-02")));

        Assert.Single(Calls("INSERT INTO result "));
    }

    private static int Place(IReadOnlyList<TdsRequest> requests, string part, long transaction) =>
        requests.Index().First(request => request.Item.Transaction == transaction && request.Item.Text.Contains(part, StringComparison.Ordinal)).Index;

    private IEnumerable<TdsCall> Calls(string start) =>
        _server.Requests.OfType<TdsCall>().Where(call => call.Text.StartsWith(start, StringComparison.Ordinal));

    private Database Open() => _database ??= Database.Open(new SqlServerDialect(_server.ConnectionString), Time, _ => { });

    private Task<ResultOutcome[]> Append(params LabResult[] results)
    {
        var catalogue = new CurrentCatalogue(TestCatalogue.Default);
        var context = new CheckContext(Time, TimeZoneInfo.Utc, catalogue.Value);
        return new ResultStore(Open(), new SubjectDirectory(), catalogue, Time).Append(
            new ResultBatch(new Study { StudyKey = 1, StudyId = StudyId }, Laboratory, "tester", context, [.. results.Select(result => ResultChecks.Check(result, context))]),
            CancellationToken.None);
    }
}

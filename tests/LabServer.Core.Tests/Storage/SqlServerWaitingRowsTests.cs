using System.Data.Common;
using Dapper;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support.Tds;

namespace LabServer.Core.Tests.Storage;

/// <summary>Changes that wait for others like them on their way to SQL Server: few messages, the same rows in the same order.</summary>
public sealed class SqlServerWaitingRowsTests : IAsyncLifetime, IDisposable
{
    private const string Update = "UPDATE t SET a = @a WHERE b = @b";
    private const string Delete = "DELETE FROM t WHERE b = @b";

    private readonly TdsServer _server = TdsServer.Start();
    private readonly SqlServerDialect _dialect;
    private DbConnection _connection = null!;
    private DbTransaction _transaction = null!;
    private PreparedStatements _statements = null!;

    public SqlServerWaitingRowsTests()
    {
        _dialect = new SqlServerDialect(_server.ConnectionString);
        _server.Answer("SET XACT_ABORT ON", TdsAnswer.Done);
        _server.Answer("sp_getapplock", TdsAnswer.Rows([new("", TdsType.Int)], [0]));
        _server.Answer("UPDATE t", TdsAnswer.Changed(1));
        _server.Answer("DELETE FROM t", TdsAnswer.Changed(1));
        _server.Answer("SELECT", TdsAnswer.Rows([new("", TdsType.Long)], [7L]));
    }

    public Task InitializeAsync()
    {
        _connection = _dialect.OpenWriter();
        _transaction = _dialect.BeginWrite(_connection);
        _statements = new PreparedStatements(_connection, _dialect);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose() => _statements?.Dispose();

    [SqlClientFact]
    public void RunLater_ManyRows_AreFewCallsWithEveryRowInItsOrder()
    {
        var session = Begin();
        for (var i = 0; i < 150; i++)
        {
            session.Rows(Update).Add(i % 3 == 0 ? null : i * 0.5).Add(i).RunLater();
        }

        session.RunBeforeCommit();

        Assert.Equal([64, 64, 16, 4, 1, 1], Calls().Select(call => call.Parameters.Count / 2));
        Assert.Equal(
            Enumerable.Range(0, 150).SelectMany(i => new object?[] { i % 3 == 0 ? null : i * 0.5, (long)i }),
            Calls().SelectMany(call => call.Parameters).Select(parameter => parameter.Value));
        Assert.Equal(64, Calls()[0].Text.Split("UPDATE t SET a = @a_").Length - 1);
        Assert.Equal(Update, Calls()[^1].Text);
        Assert.All(Calls(), call => Assert.NotEqual(0, call.Transaction));

        // Null has the type of the values beside it, or each mixture of them would be a statement of its own to the server.
        Assert.Equal(["bigint", "float"], Calls()[0].Parameters.Where(parameter => parameter.Name.StartsWith("@a_", StringComparison.Ordinal)).Select(parameter => parameter.Type).Distinct());
        Assert.Equal(["float"], Calls()[1].Parameters.Where(parameter => parameter.Name.StartsWith("@a_", StringComparison.Ordinal)).Select(parameter => parameter.Type).Distinct());
    }

    [SqlClientFact]
    public void RunLater_ShortTextsBehindLongOnes_AreTheSameStatement()
    {
        var session = Begin();
        for (var i = 0; i < 256; i++)
        {
            session.Rows(Update).Add(new string('x', i < 64 ? 5000 : 10)).Add(i).RunLater();
        }

        session.RunBeforeCommit();

        Assert.Equal(4, Calls().Count);
        Assert.Single(Calls().Select(call => string.Join(' ', call.Parameters.Select(parameter => parameter.Type))).Distinct());
    }

    [SqlClientFact]
    public void RunLater_ThenAnotherStatement_IsBeforeIt()
    {
        var session = Begin();
        session.Rows(Update).Add(1).Add(1).RunLater();
        session.Rows(Delete).Add(1).RunLater();
        session.Rows(Update).Add(2).Add(1).RunLater();
        Assert.Equal(2, Calls().Count);

        Assert.Equal(7, session.Rows("SELECT a FROM t WHERE b = @b").Add(1).FindWhole());

        Assert.Equal([Update, Delete, Update, "SELECT a FROM t WHERE b = @b"], Calls().Select(call => call.Text));
    }

    [SqlClientFact]
    public void RunLater_ThenTheConnectionIsAsked_IsBeforeThat()
    {
        var session = Begin();
        session.Rows(Delete).Add(1).RunLater();
        Assert.Empty(Calls());

        session.Connection.ExecuteScalar<long>("SELECT 7", transaction: session.Transaction);

        Assert.Equal([Delete, "SELECT 7"], _server.Requests.Where(request => request.Text is Delete or "SELECT 7").Select(request => request.Text));
    }

    [SqlClientFact]
    public void RunLater_WhileItsOwnParametersAreGiven_IsSentAndTheyAreKept()
    {
        var session = Begin();
        session.Rows(Update).Add(1).Add(1).RunLater();
        var next = session.Rows(Update).Add(2);

        session.Connection.ExecuteScalar<long>("SELECT 7", transaction: session.Transaction);
        next.Add(2).RunLater();
        session.RunBeforeCommit();

        Assert.Equal<object?>([1L, 1L, 2L, 2L], Calls().SelectMany(call => call.Parameters).Select(parameter => parameter.Value));
    }

    [SqlClientFact]
    public void RunLater_TransactionFails_NextOneHasNothingOfIt()
    {
        Begin().Rows(Update).Add(1).Add(1).RunLater();

        var next = Begin();
        next.Rows(Delete).Add(2).RunLater();
        next.RunBeforeCommit();

        Assert.Equal([Delete], Calls().Select(call => call.Text));
    }

    [SqlClientFact]
    public void RunLater_FailsWhenItIsSent_NothingBehindItIsSentAndTheWaitIsOver()
    {
        _server.AnswerOnce("UPDATE t", TdsAnswer.Error(2627));
        var session = Begin();
        session.Rows(Update).Add(1).Add(1).RunLater();

        Assert.ThrowsAny<DbException>(() => session.Rows(Delete).Add(1).RunLater());
        session.RunBeforeCommit();

        Assert.Equal([Update], Calls().Select(call => call.Text));
    }

    private WriteSession Begin() => new(_connection, _transaction, _dialect, TimeProvider.System, _statements);

    private List<TdsCall> Calls() => [.. _server.Requests.OfType<TdsCall>()];
}

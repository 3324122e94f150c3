using Dapper;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using LabServer.Core.Tests.Support.Tds;

namespace LabServer.Core.Tests.Storage;

/// <summary>The writer on SqlClient, when the server ends a transaction or goes away.</summary>
public sealed class SqlServerWriterTests : IAsyncLifetime, IDisposable
{
    private const string Insert = "INSERT INTO sender (sender) VALUES (@name)";

    private readonly TdsServer _server = TdsServer.Start();
    private readonly SqlServerDialect _dialect;
    private DatabaseWriter _writer = null!;
    private int _afterCommits;

    public SqlServerWriterTests()
    {
        _server.Answer("SET XACT_ABORT ON", TdsAnswer.Done);
        _server.Answer("sp_getapplock", TdsAnswer.Rows([new("", TdsType.Int)], [0]));
        _server.Answer("MAX(entry_number)", TdsAnswer.Rows([new("", TdsType.Long)], [0L]));
        _server.Answer("INSERT INTO sender", TdsAnswer.Changed(1));
        _dialect = new SqlServerDialect(_server.ConnectionString);
    }

    // Of a skipped test there is none of this.
    public Task InitializeAsync()
    {
        var connection = _dialect.OpenWriter();
        _writer = new DatabaseWriter(_dialect, connection, new ImpatientTime(), new SharedCopies(_dialect, connection), metrics: null);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose() => _dialect.CloseReaders();

    [SqlClientFact]
    public async Task Run_ChosenAsVictim_IsDoneAgainOnAnotherConnection()
    {
        _server.AnswerOnce("INSERT INTO sender", TdsAnswer.Error(1205, severity: 13, endsTransaction: true));

        Assert.Equal(1, await Add());

        Assert.Equal((2, 1), (_server.Logins.Count, _afterCommits));
        Assert.Single(_server.Requests, request => request.Text == "COMMIT");
    }

    [SqlClientFact]
    public async Task Run_ConnectionBreaksWithinTheTransaction_IsDoneAgainOnAnotherConnection()
    {
        _server.AnswerOnce("INSERT INTO sender", TdsAnswer.Dropped);

        Assert.Equal(1, await Add());

        Assert.Equal((2, 1), (_server.Logins.Count, _afterCommits));
    }

    [SqlClientFact]
    public async Task Run_ConnectionBreaksAtTheCommit_IsNotDoneAgain()
    {
        _server.AnswerOnce("COMMIT", TdsAnswer.Dropped);

        await Assert.ThrowsAsync<CommitUnknownException>(Add);

        Assert.Single(_server.Requests, request => request.Text == "COMMIT");
        Assert.Equal(0, _afterCommits);
        Assert.Equal(1, await Add());
        Assert.Equal((2, 1), (_server.Logins.Count, _afterCommits));
    }

    [SqlClientFact]
    public async Task Run_TooMuchAtOnceForTheCloud_GivesUpAndTellsTheCaller()
    {
        _server.Answer("INSERT INTO sender", TdsAnswer.Error(40501, severity: 16));

        var fault = await Assert.ThrowsAsync<Microsoft.Data.SqlClient.SqlException>(Add);

        Assert.Equal(40501, fault.Number);
        Assert.Same(fault, _writer.Failure);
        Assert.Equal(6, _server.Logins.Count);
    }

    private Task<int> Add() => _writer.Run(
        session =>
        {
            session.AfterCommit(() => _afterCommits++);
            return session.Connection.Execute(Insert, new { name = "one" }, session.Transaction);
        },
        rows: 1,
        CancellationToken.None);
}

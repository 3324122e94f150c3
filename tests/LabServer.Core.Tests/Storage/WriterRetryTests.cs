using System.Data.Common;
using Dapper;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Storage;

/// <summary>What the writer does when the database asks for a transaction to be done again, or is lost.</summary>
public sealed class WriterRetryTests : IAsyncLifetime
{
    private const string Insert = "INSERT INTO sender (sender) VALUES (@name)";

    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;
    private readonly ImpatientTime _time = new();
    private readonly DialectDouble _dialect;
    private Database _database = null!;
    private int _afterCommits;

    public WriterRetryTests() => _dialect = new DialectDouble(new SqliteDialect(Path.Combine(_folder, "labserver.db")));

    public Task InitializeAsync()
    {
        _database = Database.Open(_dialect, _time, _ => { });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Run_DeadlockOnce_IsDoneAgainOnAFreshConnectionAndNobodyIsTold()
    {
        var opened = _dialect.Opened;
        FailTimes(1, () => new PassingFault());

        Assert.Equal("one", await Add("one"));

        Assert.Equal(("one", 1, opened + 1), (Senders(), _afterCommits, _dialect.Opened));
        Assert.Null(_database.Writer.Failure);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task Run_FailsWithinTheWork_WhatItHadWrittenIsNotThereTwice()
    {
        var runs = 0;

        await _database.Writer.Run(
            session =>
            {
                session.AfterCommit(() => _afterCommits++);
                session.Connection.Execute(Insert, new { name = "one" }, session.Transaction);
                return ++runs < 3 ? throw new PassingFault() : runs;
            },
            rows: 1,
            CancellationToken.None);

        Assert.Equal(("one", 3, 1), (Senders(), runs, _afterCommits));
    }

    [Fact]
    public async Task Run_DatabaseStaysLost_GivesUpAndGoesOnWhenItIsBack()
    {
        FailTimes(6, () => new LostConnection());

        await Assert.ThrowsAsync<LostConnection>(() => Add("one"));

        Assert.IsType<LostConnection>(_database.Writer.Failure);
        Assert.Equal(4, _time.Waits.Count);
        Assert.Equal("two", await Add("two"));
        Assert.Equal(("two", 1), (Senders(), _afterCommits));
    }

    [Fact]
    public async Task Run_RefusedAtTheCommit_IsDoneAgain()
    {
        Once(_ => throw new PassingFault());

        Assert.Equal("one", await Add("one"));

        Assert.Equal(("one", 1), (Senders(), _afterCommits));
    }

    [Fact]
    public async Task Run_LostAtTheCommitWhichWasDone_IsNotDoneAgainAndTheCallerIsToldThatNobodyKnows()
    {
        Once(transaction =>
        {
            transaction.Commit();
            throw new LostConnection();
        });

        var failure = await Assert.ThrowsAsync<CommitUnknownException>(() => Add("one"));

        Assert.Equal(StorageFault.Unreachable, _dialect.FaultOf(failure));
        Assert.Equal(("one", 0), (Senders(), _afterCommits));
        Assert.Equal("two", await Add("two"));
        Assert.Equal("one, two", Senders());
    }

    [Fact]
    public async Task Run_LostAtTheCommitOfSeveral_NoneOfThemIsDoneAgain()
    {
        await using var busy = await BusyWriter.Of(_database.Writer);
        var all = Enumerable.Range(0, 3).Select(i => Add($"n{i}")).ToList();
        Once(first =>
        {
            first.Commit();
            Once(_ => throw new LostConnection());
        });
        await busy.GoOn();

        foreach (var work in all)
        {
            await Assert.ThrowsAsync<CommitUnknownException>(() => work);
        }

        Assert.Equal(("", 0), (Senders(), _afterCommits));
    }

    [Fact]
    public async Task Run_AfterCommitFailsLikeADeadlock_IsNotDoneAgain()
    {
        await Assert.ThrowsAsync<AfterCommitException>(() => _database.Writer.Run(
            session =>
            {
                session.Connection.Execute(Insert, new { name = "one" }, session.Transaction);
                session.AfterCommit(() => throw new PassingFault());
            },
            rows: 1,
            CancellationToken.None));

        Assert.Equal(("one", 0), (Senders(), _time.Waits.Count));
    }

    [Fact]
    public async Task Run_WorkItselfIsAtFault_IsNotDoneAgain()
    {
        var runs = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(() => _database.Writer.Run(
            _ =>
            {
                runs++;
                throw new InvalidOperationException("poison");
            },
            rows: 1,
            CancellationToken.None));

        Assert.Equal((1, 0), (runs, _time.Waits.Count));
    }

    [Fact]
    public async Task Run_AnotherServerWasFirstWithTheKey_IsDoneAgainAndTheCallerIsNotTold()
    {
        var runs = 0;

        await AddTwice(() => ++runs == 1);

        Assert.Equal(("one", 2, 1), (Senders(), runs, _afterCommits));
    }

    [Fact]
    public async Task Run_TheKeyIsThereEveryTime_FailsTheSecondTime()
    {
        var runs = 0;

        var failure = await Assert.ThrowsAnyAsync<DbException>(() => AddTwice(() => ++runs > 0));

        Assert.True(_dialect.IsUniqueViolation(failure));
        Assert.Equal(("", 2, 0), (Senders(), runs, _afterCommits));
    }

    // As if the key had come in between, which SQLite does not let happen.
    private Task AddTwice(Func<bool> isThere) => _database.Writer.Run(
        session =>
        {
            session.AfterCommit(() => _afterCommits++);
            for (var times = isThere() ? 2 : 1; times > 0; times--)
            {
                session.Connection.Execute(Insert, new { name = "one" }, session.Transaction);
            }
        },
        rows: 1,
        CancellationToken.None);

    private Task<string> Add(string name) => _database.Writer.Run(
        session =>
        {
            session.AfterCommit(() => _afterCommits++);
            session.Connection.Execute(Insert, new { name }, session.Transaction);
            return name;
        },
        rows: 1,
        CancellationToken.None);

    private string Senders()
    {
        using var connection = _database.Read();
        return string.Join(", ", connection.Query<string>("SELECT sender FROM sender ORDER BY sender"));
    }

    private void FailTimes(int times, Func<Exception> fault) => _dialect.BeforeWrite = _ =>
    {
        if (times-- > 0)
        {
            throw fault();
        }
    };

    private void Once(Action<DbTransaction> commit) => _dialect.HowToCommit = transaction =>
    {
        _dialect.HowToCommit = next => next.Commit();
        commit(transaction);
    };
}

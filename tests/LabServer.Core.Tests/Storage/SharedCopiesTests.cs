using System.Text;
using LabServer.Core.Access;
using LabServer.Core.Audit;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;
using Microsoft.Data.Sqlite;

namespace LabServer.Core.Tests.Storage;

/// <summary>What a server has in memory of a database that others write to, whoever reads it and in whatever order.</summary>
public sealed class SharedCopiesTests : IAsyncLifetime
{
    // A wait that is never over fails the test.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;
    private readonly List<TestStudy> _servers = [];
    private DialectDouble _dialect = null!;
    private TestStudy _own = null!;
    private TestStudy _other = null!;

    private string FileName => Path.Combine(_folder, "labserver.db");

    [SqliteFact]
    public async Task Add_ALookCameBetweenReadingAndRegistering_IsReadAgain()
    {
        await Register(_other, "X");
        _own.Database.RefreshCopies();
        var taken = 0;
        _own.Database.Copies.Add((_, _) => () => taken++, AuditAction.TestAliasRegistered);

        _own.Database.RefreshCopies();
        _own.Database.RefreshCopies();

        Assert.Equal(1, taken);
    }

    [SqliteFact]
    public async Task AfterCommit_WhatAnotherServerCommittedSinceWasRead_IsThereAfterTheNextLook()
    {
        _dialect.HowToCommit = transaction =>
        {
            transaction.Commit();
            _dialect.HowToCommit = next => next.Commit();
            WaitFor(Register(_other, "Y"));
            _own.Database.RefreshCopies();
        };

        await Register(_own, "X");
        _own.Database.RefreshCopies();

        Assert.True(_own.Catalogue.Value.Knows("X"));
        Assert.True(_own.Catalogue.Value.Knows("Y"));
    }

    [SqliteFact]
    public async Task AfterCommit_RuleSetOfAnotherServerWasRead_IsThereForTheNextTransaction()
    {
        _dialect.HowToCommit = transaction =>
        {
            transaction.Commit();
            _dialect.HowToCommit = next => next.Commit();
            WaitFor(Publish(_other, "theirs"));
            _own.Database.RefreshCopies();
        };

        await Publish(_own, "ours");
        await _own.Execute("DELETE FROM sender");

        Assert.Equal(["ours", "theirs"], _own.RuleSets.RuleSets.Keys.Where(id => !_own.RuleSets.IsBuiltIn(_own.RuleSets.Get(id))).Order(StringComparer.Ordinal));
    }

    [SqliteFact]
    public async Task Refresh_SomebodyElseIsStillReading_DoesNotWaitAndIsNotUndone()
    {
        using var gate = new ManualResetEventSlim();
        var reading = new TaskCompletionSource();
        var (reads, copy) = (0, 0);
        _own.Database.Copies.Add(
            (_, _) =>
            {
                var read = Interlocked.Increment(ref reads);
                if (read == 1)
                {
                    reading.SetResult();
                    gate.Wait(Timeout.Infinite);
                }

                return () => copy = read;
            },
            AuditAction.TestAliasRegistered);
        await Register(_other, "X");
        var look = Task.Run(_own.Database.RefreshCopies);
        await reading.Task;
        await Register(_other, "Y");
        try
        {
            await _own.Execute("DELETE FROM sender").WaitAsync(Bound);
            Assert.Equal(2, copy);
        }
        finally
        {
            gate.Set();
        }

        await look;
        Assert.Equal((2, 2), (reads, copy));
    }

    [SqliteFact]
    public async Task Refresh_OneCopyCannotBeRead_TheOthersAreAndItIsTriedAgain()
    {
        var isBroken = true;
        var taken = 0;
        _own.Database.Copies.Add(
            (_, _) => isBroken ? throw new InvalidOperationException("for this test") : () => taken++, AuditAction.KeyCreated, AuditAction.KeyRevoked);
        var keys = new ApiKeyStore(_own.Database, TimeProvider.System);
        var theirs = new ApiKeyStore(_other.Database, TimeProvider.System);
        var (key, _) = (await theirs.Create(new ApiKey { KeyId = "", Name = "k", Role = Role.Auditor, CreatedBy = "admin" }, CancellationToken.None))!.Value;

        Assert.Throws<InvalidOperationException>(_own.Database.RefreshCopies);
        Assert.True(keys.IsValid(key.KeyId));
        await theirs.Revoke("k", new Author("admin"), CancellationToken.None);
        Assert.Throws<InvalidOperationException>(_own.Database.RefreshCopies);
        Assert.False(keys.IsValid(key.KeyId));

        // Who writes may rest on any of them.
        await Assert.ThrowsAsync<InvalidOperationException>(() => _own.Execute("DELETE FROM sender"));
        isBroken = false;
        _own.Database.RefreshCopies();
        Assert.Equal(1, taken);
    }

    [SqliteFact]
    public async Task Refresh_OwnLastCommitIsGone_RefusesToGoOn()
    {
        await Register(_own, "X");
        LoseTheLastEntry();

        await Assert.ThrowsAsync<LostCommitsException>(() => _own.Execute("DELETE FROM sender"));

        Assert.True(_own.Database.Copies.IsLost);
        Assert.IsType<LostCommitsException>(_own.Database.Writer.Failure);
        Assert.Throws<LostCommitsException>(_own.Database.RefreshCopies);
    }

    [SqliteFact]
    public async Task Refresh_AnotherEntryIsInThePlaceOfOneThatWasSeen_RefusesToGoOn()
    {
        await Register(_other, "X");
        _own.Database.RefreshCopies();
        LoseTheLastEntry();
        await Register(Join(new SqliteDialect(FileName, isShared: true)), "Y");

        Assert.Throws<LostCommitsException>(_own.Database.RefreshCopies);

        await Assert.ThrowsAsync<LostCommitsException>(() => _own.Execute("DELETE FROM sender"));
    }

    [SqliteFact]
    public async Task Of_StudyOfARuleSetThatAnotherServerHasJustPublished_IsFound()
    {
        await Publish(_other, "theirs");
        var study = new Study { StudyId = "S2", TimeZone = "UTC", RuleSets = ["theirs"], Arms = ["A"] };

        Assert.Equal("theirs", Assert.Single(_own.RuleSets.Of(study)).Id);
        Assert.Throws<KeyNotFoundException>(() => _own.RuleSets.Get("nobodys"));
    }

    [SqliteFact]
    public async Task All_KeyWasUsedOnAnotherServer_SaysWhen()
    {
        var keys = new ApiKeyStore(_own.Database, TimeProvider.System);
        var (_, text) = (await keys.Create(new ApiKey { KeyId = "", Name = "k", Role = Role.Auditor, CreatedBy = "admin" }, CancellationToken.None))!.Value;
        var theirs = new ApiKeyStore(_other.Database, TimeProvider.System);
        theirs.Check(text, KeyText.Hash(text), out var noted);
        await noted;

        var used = Assert.Single(keys.All()).LastUsedUs;

        Assert.NotNull(used);
        Assert.Equal(theirs.Find("k")!.LastUsedUs, used);
    }

    public Task InitializeAsync()
    {
        _dialect = new DialectDouble(new SqliteDialect(FileName, isShared: true));
        _own = Join(_dialect);
        _other = Join(new SqliteDialect(FileName, isShared: true));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static Task<bool> Register(TestStudy server, string alias) => server.Registered.RegisterAlias(alias, "ALT", TestStudy.Tester, CancellationToken.None);

    private static Task<RuleSetPublication> Publish(TestStudy server, string id) => server.RuleSets.Publish(
        Encoding.UTF8.GetBytes($$"""
            {
              "id": "{{id}}", "version": 1, "title": "Own terms", "source": "This test",
              "terms": [
                {
                  "term": "ALT over the number", "direction": "high", "tests": ["ALT"], "soc": "Investigations", "definition": "For this test.",
                  "criteria": [{ "id": "ALT", "unit": "U/L", "system": "SI", "grades": [{ "grade": 2, "text": ">99 U/L", "when": [{ "value": { ">": 99 } }] }] }]
                }
              ]
            }
            """),
        "tester",
        "",
        TimeProvider.System,
        CancellationToken.None);

    // What is done between a commit and what follows it cannot be awaited.
    private static void WaitFor(Task task)
    {
        SpinWait.SpinUntil(() => task.IsCompleted);
        Assert.True(task.IsCompletedSuccessfully, task.Exception?.ToString());
    }

    private TestStudy Join(Dialect dialect)
    {
        var server = TestStudy.Join(dialect, TimeProvider.System);
        _servers.Add(server);
        return server;
    }

    // As a failover does to a copy that was behind.
    private void LoseTheLastEntry()
    {
        using var connection = new SqliteConnection($"Data Source={FileName};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            DROP TRIGGER audit_entry_no_delete;
            DELETE FROM audit_entry WHERE entry_number = (SELECT MAX(entry_number) FROM audit_entry);
            """;
        command.ExecuteNonQuery();
    }
}

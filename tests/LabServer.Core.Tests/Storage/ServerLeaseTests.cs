using Dapper;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Storage;

/// <summary>Who is taken for living, and who for dead.</summary>
public sealed class ServerLeaseTests : IAsyncLifetime
{
    private const string SelectUntil = "SELECT lease_until_us FROM server";
    private const string CountServers = "SELECT COUNT(*) FROM server";

    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;
    private readonly SetTime _time = new();
    private DialectDouble _dialect = null!;
    private TestStudy _first = null!;
    private TestStudy _second = null!;

    [SqliteFact]
    public async Task Renew_WithBatchesThatWait_GoesBeforeThem()
    {
        await _first.Lease.Begin(CancellationToken.None);
        await using var busy = await BusyWriter.Of(_first.Database.Writer);
        var seen = Enumerable.Range(0, 3).Select(_ => _first.Database.Writer.Run(
            session => session.Connection.ExecuteScalar<long>(SelectUntil, transaction: session.Transaction), DatabaseWriter.Alone, CancellationToken.None)).ToList();
        _time.Now += TimeSpan.FromSeconds(3);

        var renewed = _first.Lease.Renew(() => false, CancellationToken.None);
        await Task.WhenAll(busy.GoOn(), renewed);

        Assert.All(await Task.WhenAll(seen), until => Assert.Equal(Clock.NowUs(_time) + 10_000_000, until));
    }

    [SqliteFact]
    public async Task Renew_NobodyCouldForLongerThanALease_TakesNobodyForDeadUntilALeaseLater()
    {
        await _first.Lease.Begin(CancellationToken.None);
        await _second.Lease.Begin(CancellationToken.None);
        var shares = new GradingShares(_first.Database, _first.Lease, _time);
        Assert.Single(await new GradingShares(_second.Database, _second.Lease, _time).TryClaim([3], CancellationToken.None));

        await Pass(seconds: 30);
        Assert.Equal(2, await _first.Count(CountServers));
        Assert.Empty(await shares.TryClaim([3], CancellationToken.None));

        await Pass(seconds: 4);
        Assert.Equal(2, await _first.Count(CountServers));
        Assert.Empty(await shares.TryClaim([3], CancellationToken.None));
        Assert.Single(await shares.TryClaim([3, 4], CancellationToken.None));

        // The other had its time.
        await Pass(seconds: 7);
        Assert.Equal(1, await _first.Count(CountServers));
        Assert.Single(await shares.TryClaim([3], CancellationToken.None));
    }

    [SqliteFact]
    public async Task TryClaim_BeforeTheLeaseIsRenewedThatCouldNotBe_TakesNothingOver()
    {
        await _first.Lease.Begin(CancellationToken.None);
        await _second.Lease.Begin(CancellationToken.None);
        await new GradingShares(_second.Database, _second.Lease, _time).TryClaim([3], CancellationToken.None);
        _time.Now += TimeSpan.FromSeconds(30);

        Assert.Empty(await new GradingShares(_first.Database, _first.Lease, _time).TryClaim([3], CancellationToken.None));
    }

    [SqliteFact]
    public async Task Renew_TheOtherIsSilentForALease_IsTakenForDead()
    {
        await _first.Lease.Begin(CancellationToken.None);
        await _second.Lease.Begin(CancellationToken.None);

        await Pass(seconds: 6);
        Assert.Equal(2, await _first.Count(CountServers));
        await Pass(seconds: 6);

        Assert.Equal(1, await _first.Count(CountServers));
    }

    [SqliteFact]
    public async Task GiveBack_DatabaseDoesNotTakeIt_IsMadeUpForWithTheNextClaim()
    {
        await _first.Lease.Begin(CancellationToken.None);
        var shares = new GradingShares(_first.Database, _first.Lease, _time);
        var claims = await shares.TryClaim([3, 4], CancellationToken.None);
        _dialect.BeforeWrite = _ => throw new InvalidOperationException("for this test");
        await Assert.ThrowsAsync<InvalidOperationException>(() => shares.GiveBack(claims, CancellationToken.None));
        _dialect.BeforeWrite = _ => { };

        await shares.TryClaim([5], CancellationToken.None);

        Assert.Equal(1, await _first.Count("SELECT COUNT(*) FROM grading_share WHERE server_id <> '' AND share = 5"));
        Assert.Equal(1, await _first.Count("SELECT COUNT(*) FROM grading_share WHERE server_id <> ''"));
    }

    public Task InitializeAsync()
    {
        _dialect = new DialectDouble(new SqliteDialect(Path.Combine(_folder, "labserver.db"), isShared: true));
        _first = TestStudy.Join(_dialect, _time);
        _second = TestStudy.Join(new SqliteDialect(Path.Combine(_folder, "labserver.db"), isShared: true), _time);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task Pass(int seconds)
    {
        _time.Now += TimeSpan.FromSeconds(seconds);
        return _first.Lease.Renew(() => true, CancellationToken.None);
    }
}

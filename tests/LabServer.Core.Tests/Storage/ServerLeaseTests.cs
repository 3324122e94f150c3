using Dapper;
using LabServer.Core.Storage;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Storage;

/// <summary>Who is taken for living, and who for dead.</summary>
public sealed class ServerLeaseTests : IAsyncLifetime
{
    private const string SelectUntil = "SELECT lease_until_us FROM server";

    private readonly string _folder = Directory.CreateTempSubdirectory("labserver-core-").FullName;
    private readonly SetTime _time = new();
    private TestStudy _first = null!;
    private TestStudy _second = null!;

    [SqliteFact]
    public async Task Renew_WithBatchesThatWait_GoesBeforeThem()
    {
        await _first.Lease.Begin(CancellationToken.None);
        using var gate = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var busy = _first.Database.Writer.Run(
            _ =>
            {
                begun.SetResult();
                gate.Wait(Timeout.Infinite);
            },
            rows: 1,
            CancellationToken.None);
        await begun.Task;
        var seen = Enumerable.Range(0, 3).Select(_ => _first.Database.Writer.Run(
            session => session.Connection.ExecuteScalar<long>(SelectUntil, transaction: session.Transaction), DatabaseWriter.Alone, CancellationToken.None)).ToList();
        _time.Now += TimeSpan.FromSeconds(3);

        var renewed = _first.Lease.Renew(() => false, CancellationToken.None);
        gate.Set();
        await Task.WhenAll(busy, renewed);

        Assert.All(await Task.WhenAll(seen), until => Assert.Equal(Clock.NowUs(_time) + 10_000_000, until));
    }

    public Task InitializeAsync()
    {
        _first = Join();
        _second = Join();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private TestStudy Join() => TestStudy.Join(new SqliteDialect(Path.Combine(_folder, "labserver.db"), isShared: true), _time);
}

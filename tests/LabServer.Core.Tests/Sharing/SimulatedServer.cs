using LabServer.Core.Ingestion;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Sharing;

/// <summary>
/// A server of a simulation: everything that Core is, on a database that it shares with others. It does one thing at a time, and
/// stops before each transaction until the simulation lets it go on.
/// </summary>
internal sealed class SimulatedServer : IAsyncDisposable
{
    private readonly TurnGate _gate;
    private readonly TestStudy _study;
    private readonly Action _changed;
    private int _delays;

    private SimulatedServer(string file, VirtualClock clock, bool ignoresFences, Action changed)
    {
        _changed = changed;
        _gate = new TurnGate(changed);
        var dialect = new SimulatedDialect(file, _gate, clock, ignoresFences);
        _study = TestStudy.Join(dialect, clock.For(Delays));
        dialect.WatchFor(_study.Lease.ServerId);
    }

    /// <summary>What it does now; done: it has nothing to do.</summary>
    public Task Doing { get; private set; } = Task.CompletedTask;

    /// <summary>Whether it waits for its turn to write.</summary>
    public bool IsAtGate => _gate.IsWaiting;

    /// <summary>Whether it does nothing until the simulation lets it: waits for its turn, or for time to pass, or has nothing to do.</summary>
    public bool IsSettled => Doing.IsCompleted || IsAtGate || Volatile.Read(ref _delays) > 0;

    /// <summary>Nothing of it happens before this time: its machine hangs.</summary>
    public DateTimeOffset HangsUntil { get; set; }

    /// <summary>When its lease was renewed last.</summary>
    public DateTimeOffset RenewedAt { get; set; }

    public TestStudy Study => _study;

    /// <summary>Starts a server; nobody writes meanwhile.</summary>
    public static SimulatedServer Start(string file, VirtualClock clock, bool ignoresFences, Action changed) =>
        new(file, clock, ignoresFences, changed) { RenewedAt = clock.Now };

    /// <summary>Begins to do something; it must have nothing to do.</summary>
    public void Do(Func<TestStudy, Task> work) => Doing = Task.Run(async () =>
    {
        try
        {
            await work(_study).ConfigureAwait(false);
        }
        finally
        {
            // After this the task ends; whoever waits for that looks again until it has.
            _changed();
        }
    });

    /// <summary>Pushes a batch as a laboratory does.</summary>
    public static async Task<ResultOutcome[]> Push(TestStudy server, string laboratory, IReadOnlyList<LabResult> results)
    {
        var study = server.Study;
        var context = new CheckContext(TimeProvider.System, study.Zone(), server.Catalogue.Value);
        return await server.Results.Append(
            new ResultBatch(study, laboratory, "tester", context, [.. results.Select(result => ResultChecks.Check(result, context))]), CancellationToken.None);
    }

    /// <summary>Lets it write.</summary>
    public void GoOn() => _gate.GoOn();

    /// <summary>Kills it: what is committed stays, and nothing more is written by it.</summary>
    public void Kill() => _gate.Kill();

    public async ValueTask DisposeAsync()
    {
        _gate.Kill();
        // However it ended: what should not be has been noted by then.
        await Doing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await _study.DisposeAsync();
    }

    private void Delays(int more)
    {
        Interlocked.Add(ref _delays, more);
        _changed();
    }
}

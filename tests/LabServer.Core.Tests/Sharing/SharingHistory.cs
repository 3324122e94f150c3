using LabServer.Core.Ingestion;
using LabServer.Core.Tests.Histories;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Sharing;

/// <summary>
/// Servers that share a database while laboratories push and everything is graded; at any transaction a server may die, or hang for
/// longer than its lease and wake up late. What happens next is chosen by a seed. In the end all is graded, and compared.
/// </summary>
internal sealed class SharingHistory : IAsyncDisposable
{
    private const int Histories = 2;
    private const int MostServers = 3;
    private const int MostDeaths = 2;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    // Of simulated time; a history takes minutes of it.
    private static readonly TimeSpan LongestHistory = TimeSpan.FromHours(12);

    // Only where the simulation itself is at fault does a server take so long to its next transaction.
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(2);

    private readonly string _folder;
    private readonly Random _random;
    private readonly VirtualClock _clock = new();
    private readonly bool _ignoresFences;
    private readonly SemaphoreSlim _changes = new(0);
    private readonly List<SimulatedServer> _servers = [];
    private readonly List<SimulatedServer> _dead = [];
    private readonly Queue<Batch> _batches;
    private readonly SharingChanges _changesOfUsers;
    private readonly List<string> _violations = [];
    private readonly SharingChecks _checks;
    private int _grades;

    private SharingHistory(int seed, int number, string folder, bool ignoresFences)
    {
        _folder = folder;
        _random = new Random(unchecked((seed * 1_000_003) + number));
        _ignoresFences = ignoresFences;
        var steps = Enumerable.Range(0, Histories).SelectMany(history => HistoryGenerator.Make(seed, (number * Histories) + history).Steps).ToList();
        _changesOfUsers = new SharingChanges(steps.OfType<SubjectStep>(), _random);
        _batches = new Queue<Batch>(Shuffled(steps.OfType<PushStep>().SelectMany(step => step.Results).Chunk(5))
            .SelectMany(chunk => chunk.GroupBy(result => result.Laboratory)).Select(group => new Batch(group.Key, [.. group])));
        _checks = new SharingChecks(File, _changesOfUsers);
    }

    public SharingFigures Figures { get; private set; } = new();

    private string File => Path.Combine(_folder, "labserver.db");

    /// <summary>Runs one history.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="number">Which history.</param>
    /// <param name="folder">A folder for it alone, for as long as it goes on; empty before and after.</param>
    /// <param name="ignoresFences">Whether the servers leave out to ask for their fences, which must be found out.</param>
    /// <returns>What happened, and what should not have.</returns>
    public static async Task<(SharingFigures Figures, IReadOnlyList<string> Violations)> Of(int seed, int number, string folder, bool ignoresFences = false)
    {
        await using var history = new SharingHistory(seed, number, folder, ignoresFences);
        await history.Run();
        return (history.Figures, history._violations);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Concat(_dead))
        {
            await server.DisposeAsync();
        }

        _changes.Dispose();
        foreach (var file in Directory.EnumerateFiles(_folder))
        {
            System.IO.File.Delete(file);
        }
    }

    private async Task Run()
    {
        await SharingChecks.MakeStudy(File);
        for (var count = _random.Next(2, MostServers + 1); _servers.Count < count;)
        {
            Join();
        }

        var end = _clock.Now + LongestHistory;
        while (_violations.Count == 0 && (_batches.Count > 0 || _changesOfUsers.AreLeft || _servers.Any(server => !server.Doing.IsCompleted)))
        {
            await Settle();
            await Happen();
            if (_clock.Now > end)
            {
                _violations.Add("servers wait for each other for ever");
            }
        }

        if (_violations.Count == 0)
        {
            await Finish();
        }
    }

    // Everything that may happen next, when nothing happens by itself.
    private async Task Happen()
    {
        Pass(TimeSpan.FromMilliseconds(_random.Next(1, 400)));
        Renew();
        foreach (var server in _servers.Where(server => server.Doing.IsCompleted).ToList())
        {
            Begin(server);
        }

        await Settle();
        var ready = _servers.Where(server => server.IsAtGate && server.HangsUntil <= _clock.Now).ToList();
        if (ready.Count == 0)
        {
            // All that are left wait for time to pass: for others, or as their machine hangs.
            Pass(TimeSpan.FromSeconds(1));
            return;
        }

        var chosen = ready[_random.Next(ready.Count)];
        switch (_random.Next(100))
        {
            case < 2 when Figures.Deaths < MostDeaths:
                await Die(chosen);
                break;
            case < 6:
                // For less than its lease, or for much longer.
                chosen.HangsUntil = _clock.Now + (_random.Next(2) == 0 ? Lease / 2 : Lease * 2);
                Figures = Figures with { Hangs = Figures.Hangs + 1 };
                break;
            default:
                Figures = Figures with { Transactions = Figures.Transactions + 1 };
                chosen.GoOn();
                await Settle();
                break;
        }
    }

    private void Begin(SimulatedServer server)
    {
        Note(server.Doing);
        var isMoreToCome = _batches.Count > 0 || _changesOfUsers.AreLeft;
        switch (_random.Next(100))
        {
            case < 45 when _batches.Count > 0:
                var batch = _batches.Dequeue();
                server.Do(study => Push(study, batch));
                break;
            case < 60 when _changesOfUsers.Next() is { } change:
                server.Do(change);
                break;
            case < 90 when isMoreToCome || _grades++ < 2 * _servers.Count:
                server.Do(study => study.Grade());
                break;
            case >= 90 when isMoreToCome || _grades++ < 2 * _servers.Count:
                server.Do(study => study.GradeFully());
                break;
            default:
                break;
        }
    }

    // A reply that is lost, or a server that is: the laboratory sends the batch again, to whichever server answers.
    private async Task Push(TestStudy server, Batch batch)
    {
        ResultOutcome[]? outcomes = null;
        try
        {
            outcomes = await SimulatedServer.Push(server, batch.Laboratory, batch.Results);
        }
        finally
        {
            // While this goes on the simulation waits.
            if (outcomes is null || batch.RepliesToLose-- > 0)
            {
                _batches.Enqueue(batch);
            }
        }

        _checks.Acknowledged(batch.Results, outcomes);
    }

    private async Task Die(SimulatedServer server)
    {
        server.Kill();
        _servers.Remove(server);
        _dead.Add(server);
        Figures = Figures with { Deaths = Figures.Deaths + 1 };
        await Ended(server);
        Join();
    }

    private void Join()
    {
        var server = SimulatedServer.Start(File, _clock, _ignoresFences, () => _changes.Release());
        _checks.Begin(server.Study.Lease, _clock.Now);
        _servers.Add(server);
    }

    // As the process does by itself, which is a thread of its own: while its machine hangs it does not either.
    private void Renew()
    {
        foreach (var server in _servers.Where(server => server.HangsUntil <= _clock.Now && _clock.Now - server.RenewedAt >= Lease / 3))
        {
            server.RenewedAt = _clock.Now;
            _checks.Renew(server.Study, _clock.Now);
        }
    }

    // One server is left, and everybody else is dead: it must find all that is pending, whoever had it.
    private async Task Finish()
    {
        foreach (var server in _servers)
        {
            Note(server.Doing);
            server.Kill();
        }

        _dead.AddRange(_servers);
        _servers.Clear();
        Pass(Lease * 3);
        Join();
        var last = _servers[0];
        await RunToEnd(last, study => study.Grade());
        _violations.AddRange(await _checks.Compare(last.Study, work => RunToEnd(last, work)));
        Figures = Figures with { Histories = 1, Results = _checks.Results };
    }

    private async Task RunToEnd(SimulatedServer server, Func<TestStudy, Task> work)
    {
        await ToEnd(server);
        server.Do(work);
        await ToEnd(server);
    }

    private async Task ToEnd(SimulatedServer server)
    {
        while (!server.Doing.IsCompleted)
        {
            await Settle();
            if (server.IsAtGate)
            {
                server.GoOn();
            }
            else if (!server.Doing.IsCompleted)
            {
                Pass(TimeSpan.FromSeconds(1));
            }
        }

        Note(server.Doing);
    }

    private void Note(Task done)
    {
        if (done.Exception?.InnerException is { } failure and not SimulatedCrashException)
        {
            _violations.Add(failure.ToString());
        }
    }

    private void Pass(TimeSpan time) => _clock.Advance(time);

    private async Task Settle()
    {
        while (!_servers.TrueForAll(server => server.IsSettled))
        {
            await Changed();
        }

        foreach (var server in _servers)
        {
            if (server.Doing.IsFaulted)
            {
                Note(server.Doing);
            }
        }
    }

    private async Task Ended(SimulatedServer server)
    {
        while (!server.Doing.IsCompleted)
        {
            await Changed();
        }
    }

    private async Task Changed()
    {
        // The end of a task is told a moment before it is there, so that this looks again by itself too.
        using var stuck = new CancellationTokenSource(Stuck);
        await _changes.WaitAsync(TimeSpan.FromMilliseconds(1), stuck.Token);
    }

    private T[] Shuffled<T>(IEnumerable<T> all)
    {
        var list = all.ToArray();
        _random.Shuffle(list);
        return list;
    }

    private sealed class Batch(string laboratory, IReadOnlyList<LabResult> results)
    {
        public string Laboratory => laboratory;

        public IReadOnlyList<LabResult> Results => results;

        public int RepliesToLose { get; set; } = results.Count % 3 == 0 ? 1 : 0;
    }
}

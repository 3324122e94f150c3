using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace LabServer.Core.Tests.Sharing;

/// <summary>
/// Two or three servers on one database, with laboratories that send again, servers that die and servers that wake up late, by seed:
/// nothing is lost, doubled or forgotten, nobody writes for a share that another has, and what is graded is what one server alone
/// makes of it. <c>scripts/sharing-histories.sh</c> runs 10,000.
/// </summary>
public sealed class SharingSimulationTests(ITestOutputHelper output) : IDisposable
{
    private const int FewHistories = 15;
    private const int UsualSeed = 20261129;

    private readonly ConcurrentBag<string> _folders = [];

    [Fact]
    public async Task Servers_ThatDieAndHang_LoseForgetAndDoubleNothing()
    {
        var (all, seed, only) = (Setting("") ?? FewHistories, Setting("_SEED") ?? UsualSeed, Setting("_ONLY"));
        var clock = Stopwatch.StartNew();
        var (figures, failure) = (new SharingFigures(), (string?)null);
        var gate = new Lock();
        // A history waits more than it computes, and each of its servers keeps a thread while it waits for its turn.
        var options = new ParallelOptions { MaxDegreeOfParallelism = 4 * Environment.ProcessorCount };
        ThreadPool.GetMinThreads(out var before, out var ports);
        ThreadPool.SetMinThreads(Math.Max(before, 8 * options.MaxDegreeOfParallelism), ports);
        await Parallel.ForEachAsync(only is { } one ? [one] : Enumerable.Range(0, all), options, async (number, _) =>
        {
            if (Volatile.Read(ref failure) is not null)
            {
                return;
            }

            // One after the other in few folders: of each statement Dapper knows what it made of it by the connection string.
            var folder = _folders.TryTake(out var free) ? free : Directory.CreateTempSubdirectory("labserver-sharing-").FullName;
            var (one, violations) = await SharingHistory.Of(seed, number, folder);
            _folders.Add(folder);
            lock (gate)
            {
                figures += one;
                failure ??= violations.Count == 0 ? null : string.Create(
                    CultureInfo.InvariantCulture,
                    $"history {number} of seed {seed} (LABSERVER_SHARING_SEED={seed} LABSERVER_SHARING_ONLY={number}):\n{string.Join('\n', violations)}");
            }
        });

        Assert.True(failure is null, failure);
        Assert.True(figures.Transactions > figures.Histories && figures.Hangs > 0);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figures}; seed {seed}, {clock.Elapsed.TotalSeconds:0.0} s, no violation"));
    }

    [Fact]
    public async Task Servers_ThatDoNotAskForTheirFences_AreCaught()
    {
        List<string> violations = [];
        _folders.Add(Directory.CreateTempSubdirectory("labserver-sharing-").FullName);
        for (var number = 0; number < 200 && violations.Count == 0; number++)
        {
            violations.AddRange((await SharingHistory.Of(UsualSeed, number, _folders.First(), ignoresFences: true)).Violations);
        }

        Assert.Contains(violations, violation => violation.Contains("by a server that does not have", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        foreach (var folder in _folders)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable("LABSERVER_SHARING" + name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}

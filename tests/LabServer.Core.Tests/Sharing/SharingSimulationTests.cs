using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace LabServer.Core.Tests.Sharing;

/// <summary>
/// Two or three servers on one database, with laboratories that send again, servers that die and servers that wake up late, by seed:
/// nothing is lost, doubled or forgotten, nobody writes for a share that another has, and what is graded is what one server alone
/// makes of it. <c>scripts/sharing-histories.sh</c> runs 10,000.
/// </summary>
public sealed class SharingSimulationTests(ITestOutputHelper output)
{
    private const int FewHistories = 15;
    private const int UsualSeed = 20261129;

    [Fact]
    public async Task Servers_ThatDieAndHang_LoseForgetAndDoubleNothing()
    {
        var (all, seed, only) = (Setting("") ?? FewHistories, Setting("_SEED") ?? UsualSeed, Setting("_ONLY"));
        var clock = Stopwatch.StartNew();
        var (figures, failure) = (new SharingFigures(), (string?)null);
        var gate = new Lock();
        // A history waits more than it computes.
        var options = new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount };
        await Parallel.ForEachAsync(only is { } one ? [one] : Enumerable.Range(0, all), options, async (number, _) =>
        {
            if (Volatile.Read(ref failure) is not null)
            {
                return;
            }

            var (one, violations) = await SharingHistory.Of(seed, number);
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
        for (var number = 0; number < 200 && violations.Count == 0; number++)
        {
            violations.AddRange((await SharingHistory.Of(UsualSeed, number, ignoresFences: true)).Violations);
        }

        Assert.Contains(violations, violation => violation.Contains("by a server that does not have", StringComparison.Ordinal));
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable("LABSERVER_SHARING" + name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}

using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace LabServer.Core.Tests.Histories;

/// <summary>
/// Random histories of pushes, amendments, cancellations, changes of subjects and study, and grading runs, agree with
/// a model that was written without the product's grading. <c>scripts/grading-histories.sh</c> runs 10,000 of them.
/// </summary>
public sealed class HistoriesTests(ITestOutputHelper output)
{
    private const int FewHistories = 200;
    private const int UsualSeed = 20210301;

    [Fact]
    public async Task Histories_AtRandom_GradeAsTheModelDoes()
    {
        var all = Setting("LABSERVER_HISTORIES") ?? FewHistories;
        var seed = Setting("LABSERVER_HISTORIES_SEED") ?? UsualSeed;
        var only = Setting("LABSERVER_HISTORIES_ONLY");
        var clock = Stopwatch.StartNew();
        var (figures, failure) = (new HistoryFigures(), (string?)null);
        var groups = only is { } one ? [HistoryGroups.Of(one)] : Enumerable.Range(0, (all + HistoryGroups.Size - 1) / HistoryGroups.Size);
        var gate = new object();
        await Parallel.ForEachAsync(groups, async (number, _) =>
        {
            var group = HistoryGroups.Make(seed, number, all, only);
            if (Volatile.Read(ref failure) is not null)
            {
                return;
            }

            var outcome = await HistoryRun.Of(group);
            var report = outcome.Difference is { } difference ? await HistoryReport.Of(seed, group, all, difference) : null;
            lock (gate)
            {
                figures += outcome.Figures;
                failure ??= report;
            }
        });

        Assert.True(failure is null, failure);
        Assert.True(figures.Grades > 0 && figures.Events > 0 && figures.Steps >= 10 * figures.Histories);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figures}; seed {seed}, {clock.Elapsed.TotalSeconds:0.0} s, no difference"));
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}

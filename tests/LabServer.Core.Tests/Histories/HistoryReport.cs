using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LabServer.Core.Tests.Histories;

/// <summary>Finds the history behind a difference, makes it as short as it goes, and writes it down.</summary>
internal static class HistoryReport
{
    private const int MostTries = 400;

    // A long one is better than none.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(60);

    private static readonly string[] Kinds = ["full run", "\n  was ", "grade ", "event ", "extreme ", "anchored", ""];

    /// <summary>The report; <paramref name="difference"/> starts with or contains the subject, hence the history.</summary>
    public static async Task<string> Of(int seed, HistoryGroup group, int all, string difference)
    {
        var number = group.Histories.Count == 1
            ? group.Histories[0].Number
            : group.Histories.FirstOrDefault(history => IsIn(difference, history.Number))?.Number;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"seed {seed}, group {group.Number} ({group.Zone}), history {number}: {difference}");
        if (number is { } known)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"again: LABSERVER_HISTORIES={all} LABSERVER_HISTORIES_SEED={seed} LABSERVER_HISTORIES_ONLY={known} dotnet test --filter HistoriesTests");
            var alone = HistoryGroups.Make(seed, group.Number, all, known);
            var again = (await HistoryRun.Of(alone)).Difference;
            if (again is null)
            {
                text.AppendLine("Alone in its study the history agrees: the difference needs the others.");
            }
            else
            {
                (alone, again) = await Shorten(alone, again);
                text.AppendLine(CultureInfo.InvariantCulture, $"as short as it goes: {again}");
            }

            Write(text, alone);
        }

        return text.ToString();
    }

    // Steps and results are left out one after the other while anything still differs.
    private static async Task<(HistoryGroup Group, string Difference)> Shorten(HistoryGroup group, string difference)
    {
        var (tries, clock) = (0, Stopwatch.StartNew());
        for (var shorter = true; shorter && tries < MostTries && clock.Elapsed < MostTime;)
        {
            shorter = false;
            foreach (var candidate in Shorter(group))
            {
                if (++tries > MostTries || clock.Elapsed > MostTime)
                {
                    break;
                }

                if ((await HistoryRun.Of(candidate)).Difference is { } still && Kind(still) == Kind(difference))
                {
                    (group, difference, shorter) = (candidate, still, true);
                    break;
                }
            }
        }

        return (group, difference);
    }

    private static IEnumerable<HistoryGroup> Shorter(HistoryGroup group)
    {
        var history = group.Histories[0];
        for (var i = history.Steps.Count - 1; i >= 0; i--)
        {
            if (history.Steps[i] is not PushStep { Results.Count: 0 })
            {
                yield return With(i, new PushStep("nothing", []));
            }
        }

        for (var i = 0; i < history.Steps.Count; i++)
        {
            if (history.Steps[i] is PushStep { Results.Count: > 1 } push)
            {
                for (var left = 0; left < push.Results.Count; left++)
                {
                    yield return With(i, push with { Results = [.. push.Results.Where((_, at) => at != left)] });
                }
            }
        }

        for (var i = 0; i < group.Rounds.Count; i++)
        {
            if (group.Rounds[i].Count > 0)
            {
                yield return group with { Rounds = [.. group.Rounds.Select((steps, at) => at == i ? [] : steps)] };
            }
        }

        HistoryGroup With(int at, HistoryStep step) =>
            group with { Histories = [history with { Steps = [.. history.Steps.Select((old, i) => i == at ? step : old)] }] };
    }

    private static void Write(StringBuilder text, HistoryGroup group)
    {
        for (var round = 0; round < group.Rounds.Count; round++)
        {
            if (round < group.Histories[0].Steps.Count && group.Histories[0].Steps[round] is not PushStep { Results.Count: 0 })
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {round,2}. {group.Histories[0].Steps[round]}");
            }

            foreach (var step in group.Rounds[round])
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"      the study: {step}");
            }
        }
    }

    private static string Kind(string difference) =>
        Kinds.First(kind => kind.Length == 0 || difference.Contains(kind, StringComparison.Ordinal));

    // By its subject, or by the id of one of its results.
    private static bool IsIn(string difference, int number) =>
        difference.Contains(Name(number), StringComparison.Ordinal)
        || difference.Contains(string.Create(CultureInfo.InvariantCulture, $"/{number}/"), StringComparison.Ordinal);

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:00000}-");
}

using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Tests.Support;

namespace LabServer.Core.Tests.Histories;

/// <summary>Reads the extremes that the product stored, and holds them against the model.</summary>
internal sealed class StoredExtremes(TestStudy study)
{
    private const string SelectSeries = """
        SELECT s.subject_id AS SubjectId, t.test AS Test, e.baseline AS Baseline, e.lowest AS Lowest, e.highest AS Highest, e.uln_gap AS Gap,
               e.uln_times AS UlnTimes, e.uln_at_least AS AtLeast, e.uln_collected_at AS CollectedAt, e.baseline_times AS BaselineTimes,
               CASE WHEN u.result_key IS NOT NULL THEN CONCAT(ul.laboratory, '/', u.source_result_id) END AS UlnOf, u.collected_at AS UlnCollectedAt,
               CASE WHEN b.result_key IS NOT NULL THEN CONCAT(bl.laboratory, '/', b.source_result_id) END AS BaselineOf
        FROM series_extreme e
        JOIN subject s ON s.subject_key = e.subject_key
        JOIN test t ON t.test_key = e.test_key
        LEFT JOIN result u ON u.result_key = e.uln_result_key
        LEFT JOIN laboratory ul ON ul.laboratory_key = u.laboratory_key
        LEFT JOIN result b ON b.result_key = e.baseline_result_key
        LEFT JOIN laboratory bl ON bl.laboratory_key = b.laboratory_key
        """;

    private const string SelectTerms = """
        SELECT s.subject_id AS SubjectId, t.test AS Test, u.rule_set_id AS RuleSet, m.term AS Term, e.baseline AS Baseline, e.worst AS Worst
        FROM term_extreme e
        JOIN subject s ON s.subject_key = e.subject_key
        JOIN test t ON t.test_key = e.test_key
        JOIN term m ON m.term_key = e.term_key
        JOIN rule_set u ON u.rule_set_key = m.rule_set_key
        """;

    /// <summary>Every extreme as text, in order.</summary>
    public IReadOnlyList<string> All() => [.. Stored().Select(entry => $"{entry.Key}: {entry.Value}").Order(StringComparer.Ordinal)];

    /// <summary>What differs from the model, as text; null: nothing.</summary>
    public string? Difference(IReadOnlyDictionary<string, string> expected)
    {
        var stored = Stored();
        foreach (var key in stored.Keys.Union(expected.Keys).Order(StringComparer.Ordinal))
        {
            var (has, must) = (stored.GetValueOrDefault(key, "nothing"), expected.GetValueOrDefault(key, "nothing"));
            if (has != must)
            {
                return $"extreme {key}\n  stored: {has}\n  model:  {must}";
            }
        }

        return null;
    }

    private Dictionary<string, string> Stored()
    {
        using var connection = study.Database.Read();
        var all = connection.Query<SeriesRow>(SelectSeries).ToDictionary(
            row => $"{row.SubjectId} / {row.Test}",
            row => $"{Word(row.Baseline)} > {Word(row.Lowest)} / {Word(row.Highest)}; × ULN {Uln(row)}; × baseline {Times(row.BaselineTimes, row.BaselineOf) ?? "none"}");
        foreach (var row in connection.Query<TermRow>(SelectTerms))
        {
            all.Add($"{row.SubjectId} / {row.Test} / {row.RuleSet.Split('@')[0]} / {row.Term}", $"{Word(row.Baseline)} > {Word(row.Worst)}");
        }

        return all;
    }

    private static string Uln(SeriesRow row)
    {
        Assert.Equal(row.UlnCollectedAt ?? "", row.CollectedAt);
        return Times(row.UlnTimes, row.UlnOf) is { } times ? $"{(row.AtLeast != 0 ? ">= " : "")}{times}" : ((PeakGap)row.Gap).Word();
    }

    private static string? Times(double? times, string? of) =>
        times is { } number ? $"{Digits.Text(Digits.Round((decimal)number, Digits.OfQuotients))} of {of}" : null;

    private static string Word(long category) => ((ShiftCategory)category).Word();

    private sealed record SeriesRow
    {
        public string SubjectId { get; init; } = "";

        public string Test { get; init; } = "";

        public long Baseline { get; init; }

        public long Lowest { get; init; }

        public long Highest { get; init; }

        public long Gap { get; init; }

        public double? UlnTimes { get; init; }

        public long AtLeast { get; init; }

        public string CollectedAt { get; init; } = "";

        public double? BaselineTimes { get; init; }

        public string? UlnOf { get; init; }

        public string? UlnCollectedAt { get; init; }

        public string? BaselineOf { get; init; }
    }

    private sealed record TermRow
    {
        public string SubjectId { get; init; } = "";

        public string Test { get; init; } = "";

        public string RuleSet { get; init; } = "";

        public string Term { get; init; } = "";

        public long Baseline { get; init; }

        public long Worst { get; init; }
    }
}

using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

public sealed partial class GradeStore
{
    private const string SelectExtreme = """
        SELECT baseline, lowest, highest, uln_gap, uln_times, uln_at_least, uln_result_key, uln_collected_at, baseline_times, baseline_result_key
        FROM series_extreme WHERE subject_key = @subject_key AND test_key = @test_key
        """;

    private static readonly RowWrite WriteExtreme = new(
        "series_extreme",
        "subject_key, test_key",
        "baseline, lowest, highest, uln_gap, uln_times, uln_at_least, uln_result_key, uln_collected_at, baseline_times, baseline_result_key")
    {
        Replaces = true,
    };

    private const string DeleteExtreme = "DELETE FROM series_extreme WHERE subject_key = @subject_key AND test_key = @test_key";

    private const string SelectTermExtremes = """
        SELECT term_key, baseline, worst FROM term_extreme
        WHERE subject_key = @subject_key AND test_key = @test_key ORDER BY term_key
        """;

    private static readonly RowWrite WriteTermExtreme = new("term_extreme", "subject_key, test_key, term_key", "baseline, worst")
    {
        Replaces = true,
    };

    private const string DeleteTermExtreme =
        "DELETE FROM term_extreme WHERE subject_key = @subject_key AND test_key = @test_key AND term_key = @term_key";

    /// <summary>Stores the extremes of a series in the place of those it had; null: it has none.</summary>
    internal void WriteExtremes(WriteSession session, SeriesRow series, SeriesExtremes? extremes)
    {
        var stored = ReadExtreme(session, series);
        ExtremeRow? row = extremes is null ? null : RowOf(extremes);
        if (row != stored)
        {
            if (row is { } changed)
            {
                session.Rows(WriteExtreme)
                    .Add(series.SubjectKey).Add(series.TestKey).Add(changed.Baseline).Add(changed.Lowest).Add(changed.Highest).Add(changed.Gap)
                    .Add(changed.UlnTimes).Add(changed.AtLeast).Add(changed.UlnResultKey).Add(changed.UlnCollectedAt).Add(changed.BaselineTimes)
                    .Add(changed.BaselineResultKey).RunLater();
            }
            else
            {
                session.Rows(DeleteExtreme).Add(series.SubjectKey).Add(series.TestKey).RunLater();
            }
        }

        WriteTermExtremes(session, series, extremes?.Terms ?? []);
    }

    private void WriteTermExtremes(WriteSession session, SeriesRow series, IReadOnlyList<TermExtreme> terms)
    {
        var stored = ReadTermExtremes(session, series);
        foreach (var term in terms)
        {
            var (key, next) = (ruleSets.TermKey(term.Term), ((int)term.Baseline, (int)term.Worst));
            if (!stored.Remove(key, out var before) || before != next)
            {
                session.Rows(WriteTermExtreme)
                    .Add(series.SubjectKey).Add(series.TestKey).Add(key).Add(next.Item1).Add(next.Item2).RunLater();
            }
        }

        foreach (var gone in stored.Keys)
        {
            session.Rows(DeleteTermExtreme).Add(series.SubjectKey).Add(series.TestKey).Add(gone).RunLater();
        }
    }

    private static ExtremeRow RowOf(SeriesExtremes extremes) => new(
        (int)extremes.Baseline,
        (int)extremes.Lowest,
        (int)extremes.Highest,
        (int)extremes.Gap,
        extremes.TimesUpperLimit?.Times,
        extremes.TimesUpperLimit is { IsAtLeast: true } ? 1 : 0,
        extremes.TimesUpperLimit?.ResultKey,
        extremes.TimesUpperLimit?.CollectedAt ?? "",
        extremes.TimesBaseline?.Times,
        extremes.TimesBaseline?.ResultKey);

    private static ExtremeRow? ReadExtreme(WriteSession session, SeriesRow series)
    {
        ExtremeRow? stored = null;
        session.Rows(SelectExtreme).Add(series.SubjectKey).Add(series.TestKey).Find(row => stored = new ExtremeRow(
            (int)row.Whole(0), (int)row.Whole(1), (int)row.Whole(2), (int)row.Whole(3), row.Number(4), (int)row.Whole(5), row.Key(6),
            row.Text(7), row.Number(8), row.Key(9)));
        return stored;
    }

    private static Dictionary<long, (int Baseline, int Worst)> ReadTermExtremes(WriteSession session, SeriesRow series)
    {
        var rows = new Dictionary<long, (int Baseline, int Worst)>();
        session.Rows(SelectTermExtremes).Add(series.SubjectKey).Add(series.TestKey)
            .Each(row => rows.Add(row.Whole(0), ((int)row.Whole(1), (int)row.Whole(2))));
        return rows;
    }

    private readonly record struct ExtremeRow(
        int Baseline, int Lowest, int Highest, int Gap, double? UlnTimes, int AtLeast, long? UlnResultKey, string UlnCollectedAt, double? BaselineTimes,
        long? BaselineResultKey);
}

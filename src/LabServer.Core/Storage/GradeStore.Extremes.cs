using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

public sealed partial class GradeStore
{
    private const string SelectExtreme = """
        SELECT baseline, lowest, highest, uln_gap, uln_times, uln_at_least, uln_result_key, uln_collected_at, baseline_times, baseline_result_key
        FROM series_extreme WHERE subject_key = @subject_key AND test_key = @test_key
        """;

    private const string InsertExtreme = """
        INSERT OR REPLACE INTO series_extreme (subject_key, test_key, baseline, lowest, highest, uln_gap, uln_times, uln_at_least, uln_result_key,
            uln_collected_at, baseline_times, baseline_result_key)
        VALUES (@subject_key, @test_key, @baseline, @lowest, @highest, @uln_gap, @uln_times, @uln_at_least, @uln_result_key,
            @uln_collected_at, @baseline_times, @baseline_result_key)
        """;

    private const string DeleteExtreme = "DELETE FROM series_extreme WHERE subject_key = @subject_key AND test_key = @test_key";

    private const string SelectTermExtremes = """
        SELECT term_key, baseline, worst FROM term_extreme
        WHERE subject_key = @subject_key AND test_key = @test_key ORDER BY term_key
        """;

    private const string InsertTermExtreme = """
        INSERT OR REPLACE INTO term_extreme (subject_key, test_key, term_key, baseline, worst)
        VALUES (@subject_key, @test_key, @term_key, @baseline, @worst)
        """;

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
                session.Prepared(
                    InsertExtreme, "@subject_key", "@test_key", "@baseline", "@lowest", "@highest", "@uln_gap", "@uln_times", "@uln_at_least",
                    "@uln_result_key", "@uln_collected_at", "@baseline_times", "@baseline_result_key")
                    .Execute(
                        series.SubjectKey, series.TestKey, changed.Baseline, changed.Lowest, changed.Highest, changed.Gap, changed.UlnTimes, changed.AtLeast,
                        changed.UlnResultKey, changed.UlnCollectedAt, changed.BaselineTimes, changed.BaselineResultKey);
            }
            else
            {
                session.Prepared(DeleteExtreme, "@subject_key", "@test_key").Execute(series.SubjectKey, series.TestKey);
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
                session.Prepared(InsertTermExtreme, "@subject_key", "@test_key", "@term_key", "@baseline", "@worst")
                    .Execute(series.SubjectKey, series.TestKey, key, next.Item1, next.Item2);
            }
        }

        foreach (var gone in stored.Keys)
        {
            session.Prepared(DeleteTermExtreme, "@subject_key", "@test_key", "@term_key").Execute(series.SubjectKey, series.TestKey, gone);
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
        var command = session.Prepared(SelectExtreme, "@subject_key", "@test_key");
        command.Bind(series.SubjectKey, series.TestKey);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new ExtremeRow(
                reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.Number(4), reader.GetInt32(5), reader.Key(6),
                reader.GetString(7), reader.Number(8), reader.Key(9))
            : null;
    }

    private static Dictionary<long, (int Baseline, int Worst)> ReadTermExtremes(WriteSession session, SeriesRow series)
    {
        var command = session.Prepared(SelectTermExtremes, "@subject_key", "@test_key");
        command.Bind(series.SubjectKey, series.TestKey);
        using var reader = command.ExecuteReader();
        var rows = new Dictionary<long, (int Baseline, int Worst)>();
        while (reader.Read())
        {
            rows.Add(reader.GetInt64(0), (reader.GetInt32(1), reader.GetInt32(2)));
        }

        return rows;
    }

    private readonly record struct ExtremeRow(
        int Baseline, int Lowest, int Highest, int Gap, double? UlnTimes, int AtLeast, long? UlnResultKey, string UlnCollectedAt, double? BaselineTimes,
        long? BaselineResultKey);
}

using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>
/// Grades and events of whole series. Only what differs from the stored rows is written, so that grading again costs
/// no write where nothing changed, and the number of differences is known.
/// </summary>
public sealed partial class GradeStore(RuleSetStore ruleSets, EventLog log, AlertStore alerts)
{
    private const string SelectGrades = """
        SELECT term_key, collected_us, result_key, grade, reason, criterion_key, value, lower_limit, upper_limit, unit_key,
               baseline_result_key, baseline, baseline_indicator, qualifier, marks, facts, range_source, range_key
        FROM grade WHERE subject_key = @subject_key AND test_key = @test_key
        ORDER BY term_key, collected_us, result_key
        """;

    private static readonly RowWrite WriteGrade = new(
        "grade",
        "subject_key, test_key, term_key, collected_us, result_key",
        "grade, reason, criterion_key, value, lower_limit, upper_limit, unit_key, baseline_result_key, baseline, baseline_indicator, "
        + "qualifier, marks, facts, range_source, range_key")
    {
        Replaces = true,
    };

    private const string DeleteGrade = """
        DELETE FROM grade WHERE subject_key = @subject_key AND test_key = @test_key AND term_key = @term_key
            AND collected_us = @collected_us AND result_key = @result_key
        """;

    private const string DeleteNotGradable = "DELETE FROM not_gradable WHERE subject_key = @subject_key AND test_key = @test_key";

    private const string InsertNotGradable = """
        INSERT INTO not_gradable (subject_key, test_key, term_key, reason, results)
        VALUES (@subject_key, @test_key, @term_key, @reason, @results)
        """;

    private const string ClearMark =
        "DELETE FROM pending_series WHERE subject_key = @subject_key AND test_key = @test_key AND mark = @mark";

    private readonly KeyTable _units = KeyTable.Units();

    /// <summary>
    /// Stores the grades and events of a series and clears its mark, if it is still the mark the series was read with.
    /// Returns how many grades and events differ from what was stored.
    /// </summary>
    internal long Write(WriteSession session, Study study, string subjectId, SeriesRow series, SeriesGrades grades)
    {
        var rows = Rows(session, series, grades);
        var differences = WriteGrades(session, series, rows) + WriteEvents(session, study, subjectId, series, grades);
        if (differences > 0)
        {
            WriteNotGradable(session, series, rows);
        }

        alerts.WriteCriticalValues(session, study, subjectId, series);
        if (series.Mark is { } mark)
        {
            session.Rows(ClearMark).Add(series.SubjectKey).Add(series.TestKey).Add(mark).RunLater();
        }

        return differences;
    }

    private List<GradeRow> Rows(WriteSession session, SeriesRow series, SeriesGrades grades)
    {
        var rows = new List<GradeRow>(grades.Terms.Count * series.Observations.Count);
        long? baselineKey = grades.BaselineIndex is { } index ? series.Observations[index].ResultKey : null;
        foreach (var term in grades.Terms)
        {
            var termKey = ruleSets.TermKey(term.Term);
            for (var i = 0; i < series.Observations.Count; i++)
            {
                if (term.Covers(i))
                {
                    rows.Add(Row(session, termKey, series.Observations[i], term.Inputs[i], term.Outcomes[i], baselineKey));
                }
            }
        }

        rows.Sort();
        return rows;
    }

    private GradeRow Row(
        WriteSession session, long termKey, in Observation observation, in GradeInput input, in GradeOutcome outcome, long? baselineKey) => new(
            termKey,
            observation.CollectedUs,
            observation.ResultKey,
            outcome.Grade,
            (int)(outcome.Reason ?? NotGradableReason.NotEvaluated),
            outcome.Criterion is { } criterion ? ruleSets.CriterionKey(criterion) : null,
            input.Value,
            input.LowerLimit,
            input.UpperLimit,
            input.Unit is { } unit ? _units.KeyOf(session, unit) : null,
            baselineKey,
            input.Baseline,
            (int?)input.BaselineIndicator ?? -1,
            (int)input.Qualifier,
            (int)observation.MarksOf(outcome),
            (int)input.Facts,
            (int)observation.RangeSource,
            observation.RangeKey);

    private static long WriteGrades(WriteSession session, SeriesRow series, List<GradeRow> rows)
    {
        var stored = ReadGrades(session, series);
        var differences = 0L;
        var (next, old) = (0, 0);
        while (next < rows.Count || old < stored.Count)
        {
            var order = next == rows.Count ? 1 : old == stored.Count ? -1 : rows[next].CompareTo(stored[old]);
            if (order > 0)
            {
                Delete(session, series, stored[old++]);
                differences++;
                continue;
            }

            if (order < 0 || rows[next] != stored[old])
            {
                Insert(session, series, rows[next]);
                differences++;
            }

            next++;
            old += order == 0 ? 1 : 0;
        }

        return differences;
    }

    private static List<GradeRow> ReadGrades(WriteSession session, SeriesRow series)
    {
        var rows = new List<GradeRow>();
        session.Rows(SelectGrades).Add(series.SubjectKey).Add(series.TestKey).Each(row => rows.Add(new GradeRow(
            row.Whole(0),
            row.Whole(1),
            row.Whole(2),
            (int?)row.Key(3),
            (int)row.Whole(4),
            row.Key(5),
            row.Number(6),
            row.Number(7),
            row.Number(8),
            row.Key(9),
            row.Key(10),
            row.Number(11),
            (int)row.Whole(12),
            (int)row.Whole(13),
            (int)row.Whole(14),
            (int)row.Whole(15),
            (int)row.Whole(16),
            row.Key(17))));
        return rows;
    }

    private static void Insert(WriteSession session, SeriesRow series, in GradeRow row) => session.Rows(WriteGrade)
        .Add(series.SubjectKey).Add(series.TestKey).Add(row.TermKey).Add(row.CollectedUs).Add(row.ResultKey).Add(row.Grade).Add(row.Reason)
        .Add(row.CriterionKey).Add(row.Value).Add(row.LowerLimit).Add(row.UpperLimit).Add(row.UnitKey).Add(row.BaselineResultKey)
        .Add(row.Baseline).Add(row.BaselineIndicator).Add(row.Qualifier).Add(row.Marks).Add(row.Facts).Add(row.RangeSource).Add(row.RangeKey)
        .RunLater();

    private static void Delete(WriteSession session, SeriesRow series, in GradeRow row) => session.Rows(DeleteGrade)
        .Add(series.SubjectKey).Add(series.TestKey).Add(row.TermKey).Add(row.CollectedUs).Add(row.ResultKey).RunLater();

    private static void WriteNotGradable(WriteSession session, SeriesRow series, List<GradeRow> rows)
    {
        session.Rows(DeleteNotGradable).Add(series.SubjectKey).Add(series.TestKey).RunLater();
        foreach (var group in rows.Where(row => row.Grade is null).GroupBy(row => (row.TermKey, row.Reason)))
        {
            session.Rows(InsertNotGradable)
                .Add(series.SubjectKey).Add(series.TestKey).Add(group.Key.TermKey).Add(group.Key.Reason).Add(group.LongCount()).RunLater();
        }
    }
}

using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Reads the results of an adverse event.</summary>
internal static class EventHistory
{
    private const string Select = """
        SELECT g.collected_us AS CollectedUs, r.collected_at AS CollectedAt, g.grade AS Grade, l.laboratory AS Laboratory,
               r.source_result_id AS SourceResultId, s.first_dose_at AS FirstDoseAt, y.time_zone AS TimeZone
        FROM grade g
        JOIN result r ON r.result_key = g.result_key
        JOIN laboratory l ON l.laboratory_key = r.laboratory_key
        JOIN subject s ON s.subject_key = g.subject_key
        JOIN study y ON y.study_key = s.study_key
        WHERE g.subject_key = @SubjectKey AND g.test_key = @TestKey AND g.term_key = @TermKey
          AND g.collected_us >= @OnsetUs AND g.collected_us <= @LastUs AND g.grade >= 1 AND g.grade > COALESCE(@BaselineGrade, 0)
        ORDER BY g.collected_us, g.result_key
        """;

    /// <summary>The run in time order.</summary>
    /// <param name="connection">Where to read.</param>
    /// <param name="transaction">The snapshot the event was read in.</param>
    /// <param name="stored">The event: its series, term, baseline grade, onset and last result.</param>
    public static IReadOnlyList<GradePoint> Read(DbConnection connection, DbTransaction transaction, object stored) =>
        [.. connection.Query<Row>(Select, stored, transaction)
            .Where(row => !IsBeforeDose(row))
            .OrderBy(row => row.CollectedUs)
            .ThenBy(row => new ResultOrder(row.SourceResultId, row.Laboratory))
            .Select(row => new GradePoint
            {
                CollectedUs = row.CollectedUs,
                CollectedAt = row.CollectedAt,
                Grade = (int)row.Grade,
                Laboratory = row.Laboratory,
                SourceResultId = row.SourceResultId,
            })];

    // Results of before the dose can lie between those of an event: one that says 2021-03 counts as after a dose of the
    // 10th and is ordered by the 1st.
    private static bool IsBeforeDose(Row row) =>
        PartialDateTime.TryRead(row.FirstDoseAt, out var dose, out _)
        && PartialDateTime.TryRead(row.CollectedAt, out var collected, out _)
        && collected.CompareForBaseline(dose, TimeZoneInfo.FindSystemTimeZoneById(row.TimeZone)) == BaselineOrder.AtOrBefore;

    private sealed record Row
    {
        public long CollectedUs { get; init; }

        public string CollectedAt { get; init; } = "";

        public long Grade { get; init; }

        public string Laboratory { get; init; } = "";

        public string SourceResultId { get; init; } = "";

        public string FirstDoseAt { get; init; } = "";

        public string TimeZone { get; init; } = "";
    }
}

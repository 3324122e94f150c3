using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>
/// The series of one test of all subjects of a study, in one pass over the clustered table: what tables by visit are made
/// of. No names are joined to the rows; those are few, and read once.
/// </summary>
internal static class TestSeriesStore
{
    // @derived is the laboratory whose results are computed, where it matters for whom; −1 where no laboratory has a range
    // for the test, so that a row costs no search in derived_result.
    private const string Columns = """
        SELECT o.subject_key, o.collected_us, o.result_key, o.collected_at, o.value, o.qualifier, o.unit_key, o.lower_limit, o.upper_limit,
               o.standard_value, o.visit_key, o.text_key, CASE WHEN o.specimen_condition = '' THEN 0 ELSE 1 END,
               o.laboratory_key, o.method,
               CASE WHEN o.laboratory_key = @derived THEN (SELECT d.laboratory_key FROM derived_result d
                   WHERE d.subject_key = o.subject_key AND d.result_key = o.result_key) END,
               o.specimen_condition
        FROM subject s CROSS JOIN observation o
        WHERE s.study_key = @study_key AND o.subject_key = s.subject_key AND o.test_key = @test_key

        """;

    private const string SelectSeries = Columns + "ORDER BY s.subject_id, o.collected_us, o.result_key";

    private const string SelectOfSubject =
        Columns + "AND s.subject_key = @subject_key ORDER BY o.collected_us, o.result_key";

    private const string SelectTestKey = "SELECT test_key FROM test WHERE test = @test";

    private const string SelectDerivedLaboratory = "SELECT laboratory_key FROM laboratory WHERE study_key = @studyKey AND laboratory = '(derived)'";

    private const string SelectUnits = "SELECT unit_key AS UnitKey, unit AS Unit FROM unit";

    private const string SelectVisits = "SELECT visit_key AS VisitKey, visit AS Visit, visit_number AS VisitNumber FROM sent_visit";

    private const string SelectText = "SELECT text FROM sent_text WHERE text_key = @textKey";

    /// <summary>
    /// The series by subject id, observations as <see cref="SeriesStore.Observations"/> gives them but for status and
    /// fasting. The list is the same one each time: what is to be kept must be taken out before the next.
    /// </summary>
    /// <param name="dialect">The engine.</param>
    /// <param name="connection">Where to read.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="studyKey">The study.</param>
    /// <param name="test">The test.</param>
    /// <param name="ranges">Ranges of the study's laboratories.</param>
    /// <param name="datesUpTo">
    /// By subject, up to which microsecond the dates as sent are wanted. A later result has none, unless its visit or its
    /// range hangs on it: most of what is read are texts that nobody looks at.
    /// </param>
    /// <param name="only">Only of these subjects, in this order; null: of all.</param>
    public static IEnumerable<(long SubjectKey, List<Observation> Series)> Read(
        Dialect dialect, DbConnection connection, DbTransaction transaction, long studyKey, TestDefinition test, StudyRanges ranges,
        Func<long, long> datesUpTo, IReadOnlyList<long>? only = null)
    {
        if (connection.ExecuteScalar<long?>(SelectTestKey, new { test = test.Key }, transaction) is not { } testKey)
        {
            yield break;
        }

        var units = connection.Query<(long UnitKey, string Unit)>(SelectUnits, transaction: transaction).ToDictionary(row => row.UnitKey, row => row.Unit);
        var derived = connection.ExecuteScalar<long?>(SelectDerivedLaboratory, new { studyKey }, transaction) ?? -1;
        var hasRanges = ranges.HasAny(test);
        using var rows = dialect.Rows(
            connection, transaction, only is null ? SelectSeries : SelectOfSubject, ("@study_key", studyKey), ("@test_key", testKey), ("@derived", hasRanges ? derived : -1));
        var series = new List<Observation>();
        var (subject, upTo) = (0L, 0L);
        foreach (var next in SubjectOfEachRow(rows, only))
        {
            if (next != subject)
            {
                if (series.Count > 0)
                {
                    SeriesStore.OrderTies(connection, transaction, series);
                    yield return (subject, series);
                    series.Clear();
                }

                (subject, upTo) = (next, datesUpTo(next));
            }

            series.Add(Observation(rows, units, derived, hasRanges, upTo));
        }

        if (series.Count > 0)
        {
            SeriesStore.OrderTies(connection, transaction, series);
            yield return (subject, series);
        }
    }

    /// <summary>Visits that laboratories sent, in any study, by key.</summary>
    public static IReadOnlyDictionary<long, (string Visit, string Number)> SentVisits(DbConnection connection, DbTransaction transaction) =>
        connection.Query<(long VisitKey, string Visit, string VisitNumber)>(SelectVisits, transaction: transaction)
            .ToDictionary(row => row.VisitKey, row => (row.Visit, row.VisitNumber));

    /// <summary>A text that was sent for a value, as sent.</summary>
    public static string Text(DbConnection connection, DbTransaction transaction, long textKey) =>
        connection.QuerySingle<string>(SelectText, new { textKey }, transaction);

    private static IEnumerable<long> SubjectOfEachRow(RowCursor rows, IReadOnlyList<long>? only)
    {
        if (only is null)
        {
            while (rows.Read())
            {
                yield return rows.Whole(0);
            }

            yield break;
        }

        foreach (var subjectKey in only)
        {
            rows.Again(("@subject_key", subjectKey));
            while (rows.Read())
            {
                yield return subjectKey;
            }
        }
    }

    private static Observation Observation(RowCursor rows, Dictionary<long, string> units, long derived, bool hasRanges, long datesUpTo)
    {
        var (collectedUs, low, high, laboratory, visit) = (rows.Whole(1), rows.Number(7), rows.Number(8), rows.Whole(13), Key(rows, 10));
        var withoutLimits = low is null && high is null;
        return new Observation
        {
            CollectedUs = collectedUs,
            ResultKey = rows.Whole(2),
            CollectedAt = collectedUs <= datesUpTo || visit is null || (withoutLimits && hasRanges) ? rows.Text(3) : "",
            Value = rows.Number(4),
            Qualifier = (ValueQualifier)rows.Whole(5),
            Unit = Key(rows, 6) is { } unit ? units[unit] : null,
            LowerLimit = low,
            UpperLimit = high,
            StandardValue = rows.Number(9),
            VisitKey = visit,
            TextKey = Key(rows, 11),
            SpecimenCondition = rows.Whole(12) == 0 ? "" : rows.Text(16),
            LaboratoryKey = hasRanges && laboratory == derived ? Key(rows, 15) ?? laboratory : laboratory,
            Method = withoutLimits && hasRanges ? rows.Text(14) : "",
            IsDerived = laboratory == derived,
            RangeSource = withoutLimits ? RangeSource.None : RangeSource.Result,
        };
    }

    // Keys begin with 1.
    private static long? Key(RowCursor rows, int ordinal) => rows.Whole(ordinal) is not 0 and var key ? key : null;
}

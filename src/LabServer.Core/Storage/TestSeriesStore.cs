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
    private const string SelectSeries = """
        SELECT s.subject_key, o.collected_us, o.result_key, o.collected_at, o.value, o.qualifier, o.unit_key, o.lower_limit, o.upper_limit,
               o.standard_value, o.visit_key, o.text_key, o.specimen_condition, o.laboratory_key, o.method,
               CASE WHEN o.laboratory_key = @derived THEN (SELECT d.laboratory_key FROM derived_result d
                   WHERE d.subject_key = o.subject_key AND d.result_key = o.result_key) END
        FROM subject s JOIN observation o ON o.subject_key = s.subject_key AND o.test_key = @test_key
        WHERE s.study_key = @study_key
        ORDER BY s.subject_id, o.collected_us, o.result_key
        """;

    private const string SelectTestKey = "SELECT test_key FROM test WHERE test = @test";

    private const string SelectDerivedLaboratory = "SELECT laboratory_key FROM laboratory WHERE study_key = @studyKey AND laboratory = '(derived)'";

    private const string SelectUnits = "SELECT unit_key AS UnitKey, unit AS Unit FROM unit";

    private const string SelectVisits = "SELECT visit_key AS VisitKey, visit AS Visit, visit_number AS VisitNumber FROM sent_visit";

    private const string SelectText = "SELECT text FROM sent_text WHERE text_key = @textKey";

    /// <summary>
    /// The series by subject id, observations as <see cref="SeriesStore.Observations"/> gives them but for status and
    /// fasting. The list is the same one each time: what is to be kept must be taken out before the next.
    /// </summary>
    public static IEnumerable<(long SubjectKey, List<Observation> Series)> Read(
        DbConnection connection, DbTransaction transaction, long studyKey, TestDefinition test, StudyRanges ranges)
    {
        if (connection.ExecuteScalar<long?>(SelectTestKey, new { test = test.Key }, transaction) is not { } testKey)
        {
            yield break;
        }

        var units = connection.Query<(long UnitKey, string Unit)>(SelectUnits, transaction: transaction).ToDictionary(row => row.UnitKey, row => row.Unit);
        var derived = connection.ExecuteScalar<long?>(SelectDerivedLaboratory, new { studyKey }, transaction) ?? -1;
        using var command = connection.CreateCommand();
        command.CommandText = SelectSeries;
        command.Transaction = transaction;
        Bind(command, "@study_key", studyKey);
        Bind(command, "@test_key", testKey);
        Bind(command, "@derived", ranges.HasAny(test) ? derived : -1);
        using var reader = command.ExecuteReader();
        var series = new List<Observation>();
        var subject = 0L;
        while (reader.Read())
        {
            var next = reader.GetInt64(0);
            if (next != subject)
            {
                if (series.Count > 0)
                {
                    SeriesStore.OrderTies(connection, transaction, series);
                    yield return (subject, series);
                    series.Clear();
                }

                subject = next;
            }

            series.Add(Observation(reader, units, derived));
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

    private static Observation Observation(DbDataReader reader, Dictionary<long, string> units, long derived)
    {
        var (low, high, laboratory) = (reader.Number(7), reader.Number(8), reader.GetInt64(13));
        return new Observation
        {
            CollectedUs = reader.GetInt64(1),
            ResultKey = reader.GetInt64(2),
            CollectedAt = reader.GetString(3),
            Value = reader.Number(4),
            Qualifier = (ValueQualifier)reader.GetInt32(5),
            Unit = reader.Key(6) is { } unit ? units[unit] : null,
            LowerLimit = low,
            UpperLimit = high,
            StandardValue = reader.Number(9),
            VisitKey = reader.Key(10),
            TextKey = reader.Key(11),
            SpecimenCondition = reader.GetString(12),
            LaboratoryKey = reader.Key(15) ?? laboratory,
            Method = low is null && high is null ? reader.GetString(14) : "",
            IsDerived = laboratory == derived,
            RangeSource = low is null && high is null ? RangeSource.None : RangeSource.Result,
        };
    }

    private static void Bind(DbCommand command, string name, long value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}

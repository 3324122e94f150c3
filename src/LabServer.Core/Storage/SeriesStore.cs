using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>Series: the results as grading reads them, clustered by subject, test and time.</summary>
public sealed partial class SeriesStore(Database database, CurrentCatalogue catalogue)
{
    private const string SelectPendingSubjects = """
        SELECT p.subject_key AS SubjectKey, CAST(COUNT(*) AS BIGINT) AS Series
        FROM pending_series p JOIN subject s ON s.subject_key = p.subject_key
        WHERE @studyKey IS NULL OR s.study_key = @studyKey
        GROUP BY p.subject_key ORDER BY p.subject_key
        """;

    private const string SelectPendingTests = """
        SELECT p.subject_key AS SubjectKey, p.test_key AS TestKey
        FROM pending_series p JOIN subject s ON s.subject_key = p.subject_key
        WHERE s.study_key = @studyKey AND p.mark > @after
        ORDER BY p.subject_key, p.test_key
        """;

    private const string SelectMarks = "SELECT marks FROM grading_state WHERE id = 1";

    private const string SelectAllSubjects = """
        SELECT s.subject_key AS SubjectKey, (SELECT CAST(COUNT(DISTINCT o.test_key) AS BIGINT) FROM observation o WHERE o.subject_key = s.subject_key) AS Series
        FROM subject s WHERE s.study_key = @studyKey ORDER BY s.subject_key
        """;

    private const string SelectPendingMarks =
        "SELECT test_key AS TestKey, mark AS Mark FROM pending_series WHERE subject_key = @subjectKey ORDER BY test_key";

    private const string SelectTests = """
        SELECT test_key FROM observation WHERE subject_key = @subjectKey
        UNION SELECT test_key FROM grade WHERE subject_key = @subjectKey
        ORDER BY test_key
        """;

    private const string SelectObservations = """
        SELECT o.collected_us, o.result_key, o.collected_at, o.value, o.qualifier, u.unit, o.lower_limit, o.upper_limit, o.standard_value, o.fasting,
               COALESCE(CASE WHEN l.laboratory = '(derived)' THEN (SELECT d.laboratory_key FROM derived_result d
                   WHERE d.subject_key = o.subject_key AND d.result_key = o.result_key) END, o.laboratory_key),
               o.method, o.status, o.specimen_condition, CAST(CASE WHEN l.laboratory = '(derived)' THEN 1 ELSE 0 END AS BIGINT)
        FROM observation o
        LEFT JOIN unit u ON u.unit_key = o.unit_key
        LEFT JOIN laboratory l ON l.laboratory_key = o.laboratory_key
        WHERE o.subject_key = @subject_key AND o.test_key = @test_key
        ORDER BY o.collected_us, o.result_key
        """;

    private const string SelectIdentity = """
        SELECT r.source_result_id AS SourceResultId, l.laboratory AS Laboratory
        FROM result r JOIN laboratory l ON l.laboratory_key = r.laboratory_key WHERE r.result_key = @ResultKey
        """;

    private const string SelectHasPending = """
        SELECT CASE
            WHEN EXISTS (SELECT 1 FROM pending_series)
              OR EXISTS (SELECT 1 FROM released_result)
              OR EXISTS (SELECT 1 FROM result WHERE result_key > (SELECT taken_up_to FROM grading_state WHERE id = 1))
            THEN 1 ELSE 0 END
        """;

    private const string SelectUnclaimed = """
        SELECT COUNT(*) FROM grading_share g
        WHERE (g.server_id = @serverId OR NOT EXISTS (SELECT 1 FROM server s WHERE s.server_id = g.server_id))
          AND (EXISTS (SELECT 1 FROM pending_series p WHERE p.subject_key % @shares = g.share)
            OR (g.share = @intake AND (EXISTS (SELECT 1 FROM released_result)
              OR EXISTS (SELECT 1 FROM result WHERE result_key > (SELECT taken_up_to FROM grading_state WHERE id = 1)))))
        """;

    // Keys of results have no gaps, as rows are only ever added: to count those behind the watermark would be to read them.
    private const string SelectPendingCounts = """
        SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM pending_series) AS Series,
               (SELECT COALESCE(MAX(result_key), 0) FROM result) - (SELECT taken_up_to FROM grading_state WHERE id = 1) AS Results
        """;

    // CROSS JOIN: from the few results behind the watermark to their laboratories. The other way SQLite reads every result of
    // the study, and every summary asks this.
    private const string SelectPendingOfStudy = """
        SELECT (SELECT COUNT(*) FROM pending_series p JOIN subject s ON s.subject_key = p.subject_key WHERE s.study_key = @studyKey)
             + (SELECT COUNT(*) FROM result r CROSS JOIN laboratory l
                 WHERE r.result_key > (SELECT taken_up_to FROM grading_state WHERE id = 1) AND r.hold_reasons = 0
                   AND l.laboratory_key = r.laboratory_key AND l.study_key = @studyKey)
             + (SELECT COUNT(*) FROM released_result e CROSS JOIN result r CROSS JOIN laboratory l
                 WHERE e.result_key <= (SELECT taken_up_to FROM grading_state WHERE id = 1) AND r.result_key = e.result_key
                   AND l.laboratory_key = r.laboratory_key AND l.study_key = @studyKey)
        """;

    private const string SelectIsPending = """
        SELECT CASE
            WHEN EXISTS (SELECT 1 FROM grading_state WHERE taken_up_to < @resultKey)
              OR EXISTS (SELECT 1 FROM released_result WHERE result_key = @resultKey)
              OR EXISTS (SELECT 1 FROM result r JOIN pending_series p ON p.subject_key = r.subject_key AND p.test_key = r.test_key
                  WHERE r.result_key = @resultKey)
            THEN 1 ELSE 0 END
        """;

    private const string SelectTestNames = "SELECT test_key AS TestKey, test AS Test FROM test";

    /// <summary>Whether any result or series waits for grading.</summary>
    public bool HasPending()
    {
        using var connection = database.Read();
        return connection.ExecuteScalar<long>(SelectHasPending) != 0;
    }

    /// <summary>
    /// Whether anything waits that no other living server has: a series to be graded whose share it would be, or results while nobody
    /// takes up. During a full run of one server new results are another's to take up.
    /// </summary>
    public bool HasUnclaimed(string serverId)
    {
        using var connection = database.Read();
        return connection.ExecuteScalar<long>(SelectUnclaimed, new { serverId, shares = GradingShares.Count, intake = GradingShares.Intake }) > 0;
    }

    /// <summary>How many series wait for grading, and how many results have not been taken up into series yet.</summary>
    public (long Series, long Results) CountPending()
    {
        using var connection = database.Read();
        return connection.QuerySingle<(long, long)>(SelectPendingCounts);
    }

    /// <summary>Whether this result, or the series it is in, waits for grading.</summary>
    public bool IsPending(long resultKey)
    {
        using var connection = database.Read();
        return connection.ExecuteScalar<long>(SelectIsPending, new { resultKey }) != 0;
    }

    /// <summary>Results and series of a study that wait for grading.</summary>
    public long CountPending(long studyKey)
    {
        using var connection = database.Read();
        return CountPending(connection, null, studyKey);
    }

    /// <summary>As the transaction sees it.</summary>
    internal static long CountPending(DbConnection connection, DbTransaction? transaction, long studyKey) =>
        connection.ExecuteScalar<long>(SelectPendingOfStudy, new { studyKey }, transaction);

    /// <summary>Subjects with pending series, and how many each has; of one study, or of all when null.</summary>
    public IReadOnlyList<SubjectSeries> PendingSubjects(long? studyKey)
    {
        using var connection = database.Read();
        return connection.Query<SubjectSeries>(SelectPendingSubjects, new { studyKey }).AsList();
    }

    /// <summary>The number of the newest mark.</summary>
    public long LastMark()
    {
        using var connection = database.Read();
        return connection.ExecuteScalar<long>(SelectMarks);
    }

    /// <summary>Series of a study that were marked behind mark <paramref name="after"/>, by subject.</summary>
    public IReadOnlyList<(long SubjectKey, long TestKey)> MarkedSeries(long studyKey, long after)
    {
        using var connection = database.Read();
        return connection.Query<(long SubjectKey, long TestKey)>(SelectPendingTests, new { studyKey, after }).AsList();
    }

    /// <summary>All subjects of a study, and how many series each has.</summary>
    public IReadOnlyList<SubjectSeries> Subjects(long studyKey)
    {
        using var connection = database.Read();
        return connection.Query<SubjectSeries>(SelectAllSubjects, new { studyKey }).AsList();
    }

    /// <summary>The pending series of a subject, or, with <paramref name="all"/>, every series it has or had grades in.</summary>
    public static IReadOnlyList<SeriesRow> Read(DbConnection connection, SeriesReader reader, long subjectKey, bool all)
    {
        var marks = connection.Query<PendingMark>(SelectPendingMarks, new { subjectKey }).ToDictionary(row => row.TestKey, row => row.Mark);
        var tests = all ? connection.Query<long>(SelectTests, new { subjectKey }).Union(marks.Keys).Order() : marks.Keys.Order();
        return [.. tests.Select(testKey => new SeriesRow(
            subjectKey, testKey, marks.TryGetValue(testKey, out var mark) ? mark : null, reader.Read(subjectKey, testKey)))];
    }

    /// <summary>The observations of one series by time.</summary>
    public static List<Observation> Observations(
        DbConnection connection, long subjectKey, long testKey, DbTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = SelectObservations;
        command.Transaction = transaction;
        Bind(command, "@subject_key", subjectKey);
        Bind(command, "@test_key", testKey);
        var observations = new List<Observation>();

        // Closed before ties are looked at: a connection may take one query at a time.
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                observations.Add(Observation(reader));
            }
        }

        OrderTies(connection, transaction, observations);
        return observations;
    }

    /// <summary>The observation in the first columns of a row, in the order of the statement above.</summary>
    internal static Observation Observation(DbDataReader reader) => new()
    {
        CollectedUs = reader.GetInt64(0),
        ResultKey = reader.GetInt64(1),
        CollectedAt = reader.GetString(2),
        Value = reader.Number(3),
        Qualifier = (ValueQualifier)reader.GetInt64(4),
        Unit = reader.IsDBNull(5) ? null : reader.GetString(5),
        LowerLimit = reader.Number(6),
        UpperLimit = reader.Number(7),
        StandardValue = reader.Number(8),
        Fasting = ((Fasting)reader.GetInt64(9)).IsFasting(),
        LaboratoryKey = reader.GetInt64(10),
        Method = reader.GetString(11),
        Status = (ResultStatus)reader.GetInt64(12),
        SpecimenCondition = reader.GetString(13),
        IsDerived = reader.GetInt64(14) != 0,
        RangeSource = reader.IsDBNull(6) && reader.IsDBNull(7) ? RangeSource.None : RangeSource.Result,
    };

    /// <summary>Names of the tests by key.</summary>
    public IReadOnlyDictionary<long, string> TestNames()
    {
        using var connection = database.Read();
        return TestNames(connection, transaction: null);
    }

    /// <summary>The same, from the state of the database that <paramref name="transaction"/> sees.</summary>
    internal static IReadOnlyDictionary<long, string> TestNames(DbConnection connection, DbTransaction? transaction) =>
        connection.Query<(long TestKey, string Test)>(SelectTestNames, transaction: transaction).ToDictionary(row => row.TestKey, row => row.Test);

    /// <summary>Puts observations of one moment in their order (<see cref="ResultOrder"/>).</summary>
    internal static void OrderTies(DbConnection connection, DbTransaction? transaction, List<Observation> observations)
    {
        for (var start = 0; start < observations.Count;)
        {
            var end = start + 1;
            while (end < observations.Count && observations[end].CollectedUs == observations[start].CollectedUs)
            {
                end++;
            }

            if (end - start > 1)
            {
                var ordered = observations[start..end]
                    .Select(observation => (observation, Order: connection.QuerySingle<ResultOrder>(SelectIdentity, observation, transaction)))
                    .OrderBy(entry => entry.Order)
                    .Select(entry => entry.observation)
                    .ToList();
                for (var i = 0; i < ordered.Count; i++)
                {
                    observations[start + i] = ordered[i];
                }
            }

            start = end;
        }
    }

    private static void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    private sealed record PendingMark(long TestKey, long Mark);
}

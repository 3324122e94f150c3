using System.Data.Common;
using System.Text.Json;
using Dapper;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

public sealed partial class ResultStore
{
    private const string Columns = """
        r.source_result_id AS SourceResultId, r.version AS Version, r.subject_id AS SubjectId, r.specimen AS Specimen,
               r.category AS Category, r.test_code AS TestCode, r.reported_value AS ReportedValue, r.reported_unit AS ReportedUnit,
               r.reference_low AS ReferenceLow, r.reference_high AS ReferenceHigh, r.collected_at AS CollectedAt, r.resulted_at AS ResultedAt,
               r.visit AS Visit, r.visit_number AS VisitNumber, r.instrument AS Instrument, r.method AS Method, r.status AS Status,
               r.specimen_condition AS SpecimenCondition, r.fasting AS Fasting, l.laboratory AS Laboratory, y.study_id AS StudyId,
               r.result_key AS ResultKey, r.received_us AS ReceivedUs, s.sender AS Sender, t.test AS Test, r.standard_value AS StandardValue,
               r.hold_reasons AS HoldReasons,
               CAST(CASE WHEN EXISTS (SELECT 1 FROM result n WHERE n.laboratory_key = r.laboratory_key AND n.source_result_id = r.source_result_id
                   AND n.version > r.version) THEN 1 ELSE 0 END AS BIGINT) AS Superseded

        """;

    private const string SelectColumns = "SELECT " + Columns + """
        FROM laboratory l
        JOIN study y ON y.study_key = l.study_key
        JOIN result r ON r.laboratory_key = l.laboratory_key
        JOIN sender s ON s.sender_key = r.sender_key
        LEFT JOIN test t ON t.test_key = r.test_key
        WHERE l.study_key = @studyKey
        """;

    private const string SelectPage = SelectColumns + """
         AND r.result_key > @after
          AND (@subjectId = '' OR r.subject_id = @subjectId)
          AND (@test = '' OR t.test = @test)
          AND (@withDerived = 1 OR l.laboratory <> '(derived)')
          AND (@laboratories = '' OR REPLACE(@laboratories, CONCAT(CHAR(31), l.laboratory, CHAR(31)), '') <> @laboratories)
        ORDER BY r.result_key
        """;

    private const string SelectByKey = SelectColumns + " AND r.result_key = @resultKey";

    private const string SelectHeld = SelectColumns + """
         AND r.hold_reasons <> 0 AND r.result_key > @after
          AND (@laboratories = '' OR REPLACE(@laboratories, CONCAT(CHAR(31), l.laboratory, CHAR(31)), '') <> @laboratories)
        ORDER BY r.result_key
        """;

    private const string SelectVersions = SelectColumns + """
         AND r.source_result_id = @sourceResultId
          AND (@laboratory = '' OR l.laboratory = @laboratory)
          AND (@laboratories = '' OR REPLACE(@laboratories, CONCAT(CHAR(31), l.laboratory, CHAR(31)), '') <> @laboratories)
        ORDER BY l.laboratory, r.version
        """;

    internal const string SelectHeldOfSubject = SelectColumns + " AND r.subject_id = @subjectId AND r.hold_reasons <> 0 ORDER BY r.result_key";

    internal const string SelectOfKey = SelectColumns + " AND r.result_key = @resultKey";

    // The + keeps the engine from reading everything the laboratory ever sent: only the stretch of keys is small.
    internal const string SelectAudited = "SELECT " + Columns + """
        FROM result r
        JOIN laboratory l ON l.laboratory_key = +r.laboratory_key
        JOIN study y ON y.study_key = l.study_key
        JOIN sender s ON s.sender_key = r.sender_key
        LEFT JOIN test t ON t.test_key = r.test_key
        WHERE l.study_key = @studyKey AND l.laboratory = @laboratory AND s.sender = @sender AND r.result_key >= @First AND r.result_key <= @Last
        ORDER BY r.result_key
        """;

    internal const string SelectAuditedRejects = """
        SELECT r.sent
        FROM rejected_result r
        JOIN laboratory l ON l.laboratory_key = +r.laboratory_key
        JOIN sender s ON s.sender_key = r.sender_key
        WHERE l.study_key = @studyKey AND l.laboratory = @laboratory AND s.sender = @sender AND r.rejected_key >= @First AND r.rejected_key <= @Last
        ORDER BY r.rejected_key
        """;

    // The + has the engine go by the keys: sorting, it would hold every row, each as long as what was sent.
    private const string SelectRejected = """
        SELECT r.rejected_key AS RejectedKey, l.laboratory AS Laboratory, r.sent AS Sent, r.faults AS Faults, r.received_us AS ReceivedUs, s.sender AS Sender
        FROM rejected_result r
        JOIN laboratory l ON l.laboratory_key = +r.laboratory_key
        JOIN sender s ON s.sender_key = r.sender_key
        WHERE l.study_key = @studyKey AND r.rejected_key > @after
          AND (@laboratories = '' OR REPLACE(@laboratories, CONCAT(CHAR(31), l.laboratory, CHAR(31)), '') <> @laboratories)
        ORDER BY r.rejected_key
        """;

    /// <summary>Results in the order received, all versions; of one subject or test when named, without derived ones when so asked.</summary>
    /// <remarks>Like all lists here, of the laboratories in scope alone; null: of all.</remarks>
    public IReadOnlyList<StoredResult> List(long studyKey, string subjectId, string test, bool withDerived, long after, int take, IReadOnlySet<string>? scope = null) =>
        Read(database.Dialect.TakeFirst(SelectPage), new { studyKey, subjectId, test, withDerived, after, Take = take, laboratories = ScopeText.Of(scope) });

    /// <summary>The results with these keys, in that order.</summary>
    public IReadOnlyList<StoredResult> ByKeys(long studyKey, IEnumerable<long> resultKeys)
    {
        using var connection = database.Read();
        return [.. resultKeys.SelectMany(resultKey => Read(connection, SelectByKey, new { studyKey, resultKey }, transaction: null))];
    }

    /// <summary>Held results in the order received.</summary>
    public IReadOnlyList<StoredResult> ListHeld(long studyKey, long after, int take, IReadOnlySet<string>? scope = null) =>
        Read(database.Dialect.TakeFirst(SelectHeld), new { studyKey, after, Take = take, laboratories = ScopeText.Of(scope) });

    /// <summary>Every version of a result by laboratory and version; of all laboratories when none is named.</summary>
    public IReadOnlyList<StoredResult> Versions(long studyKey, string laboratory, string sourceResultId, IReadOnlySet<string>? scope = null) =>
        Read(SelectVersions, new { studyKey, laboratory, sourceResultId, laboratories = ScopeText.Of(scope) });

    /// <summary>The reject log in the order received. Read as it is taken: what is rejected may be as long as a message.</summary>
    public IEnumerable<RejectedResult> ListRejected(long studyKey, long after, int take, IReadOnlySet<string>? scope = null)
    {
        using var connection = database.Read();
        var parameters = new { studyKey, after, Take = take, laboratories = ScopeText.Of(scope) };
        foreach (var row in connection.Query<RejectedRow>(database.Dialect.TakeFirst(SelectRejected), parameters, buffered: false))
        {
            yield return new RejectedResult(
                row.RejectedKey,
                JsonSerializer.Deserialize<LabResult>(row.Sent)!,
                JsonSerializer.Deserialize<Fault[]>(row.Faults)!,
                row.ReceivedUs,
                row.Sender);
        }
    }

    /// <summary>A result as the transaction sees it; none: it is not of the study.</summary>
    internal static IReadOnlyList<StoredResult> ReadByKey(WriteSession session, long studyKey, long resultKey) =>
        Read(session.Connection, SelectByKey, new { studyKey, resultKey }, session.Transaction);

    internal static IReadOnlyList<StoredResult> Read(DbConnection connection, string sql, object parameters, DbTransaction? transaction) =>
        connection.Query<LabResult, ReadRow, StoredResult>(
            sql,
            (result, row) => new StoredResult(
                row.ResultKey, result, row.ReceivedUs, row.Sender, row.Test, row.StandardValue, (HoldReasons)row.HoldReasons, row.Superseded != 0),
            parameters,
            transaction,
            splitOn: "ResultKey").AsList();

    private IReadOnlyList<StoredResult> Read(string sql, object parameters)
    {
        using var connection = database.Read();
        return Read(connection, sql, parameters, transaction: null);
    }

    private sealed record ReadRow
    {
        public long ResultKey { get; init; }

        public long ReceivedUs { get; init; }

        public string Sender { get; init; } = "";

        public string? Test { get; init; }

        public double? StandardValue { get; init; }

        public long HoldReasons { get; init; }

        public long Superseded { get; init; }
    }

    private sealed record RejectedRow(long RejectedKey, string Laboratory, string Sent, string Faults, long ReceivedUs, string Sender);
}

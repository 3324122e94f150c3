using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

public sealed partial class ReferenceRangeStore
{
    private const string RangeColumns = """
        r.range_key AS RangeKey, r.laboratory_key AS LaboratoryKey, t.test AS Test, r.sex AS Sex, r.age_from AS AgeFrom,
        r.age_from_unit AS AgeFromUnit, r.age_to AS AgeTo, r.age_to_unit AS AgeToUnit, r.method AS Method, r.effective_from AS EffectiveFrom,
        r.effective_to AS EffectiveTo, r.low AS Low, r.low_inclusive AS LowInclusive, r.high AS High, r.high_inclusive AS HighInclusive,
        r.unit AS Unit
        """;

    private const string SelectRanges = "SELECT " + RangeColumns + " FROM reference_range r JOIN test t ON t.test_key = r.test_key ";

    private const string SelectAllRanges = SelectRanges + "WHERE r.laboratory_key = @laboratoryKey ORDER BY r.range_key";

    private const string SelectRange =
        "SELECT " + RangeColumns + ", l.laboratory AS Laboratory FROM reference_range r JOIN test t ON t.test_key = r.test_key "
        + "JOIN laboratory l ON l.laboratory_key = r.laboratory_key WHERE r.range_key = @rangeKey";

    private const string SelectVersionRanges = SelectRanges + """
        JOIN reference_range_set s ON s.range_key = r.range_key
        WHERE s.laboratory_key = @laboratoryKey AND s.version = @version
        ORDER BY s.position
        """;

    private const string SelectStudyInForce = SelectRanges + """
        JOIN reference_range_set s ON s.range_key = r.range_key
        JOIN reference_range_in_force f ON f.laboratory_key = s.laboratory_key AND f.version = s.version
        JOIN laboratory l ON l.laboratory_key = s.laboratory_key
        WHERE l.study_key = @studyKey
        ORDER BY s.laboratory_key, s.position
        """;

    private const string SelectStudyNewest = SelectRanges + """
        JOIN reference_range_set s ON s.range_key = r.range_key
        JOIN laboratory l ON l.laboratory_key = s.laboratory_key
        WHERE l.study_key = @studyKey
            AND s.version = (SELECT MAX(v.version) FROM reference_range_version v WHERE v.laboratory_key = s.laboratory_key)
        ORDER BY s.laboratory_key, s.position
        """;

    private const string SelectState = """
        SELECT COALESCE(MAX(a.application_key), 0)
        FROM reference_range_application a JOIN laboratory l ON l.laboratory_key = a.laboratory_key
        WHERE l.study_key = @studyKey
        """;

    private const string SelectLatestVersions = """
        SELECT l.laboratory_key AS LaboratoryKey, l.laboratory AS Laboratory, COALESCE(f.version, 0) AS InForce,
               COALESCE((SELECT MAX(v.version) FROM reference_range_version v WHERE v.laboratory_key = l.laboratory_key), 0) AS Newest
        FROM laboratory l LEFT JOIN reference_range_in_force f ON f.laboratory_key = l.laboratory_key
        WHERE l.study_key = @studyKey
        ORDER BY l.laboratory
        """;

    private const string SelectAppliedVersion = """
        SELECT a.version
        FROM reference_range r
        JOIN reference_range_set s ON s.range_key = r.range_key
        JOIN reference_range_application a ON a.laboratory_key = s.laboratory_key AND a.version = s.version
        WHERE r.range_key = @rangeKey AND s.laboratory_key = r.laboratory_key
        ORDER BY a.application_key DESC
        """;

    private const string SelectPage = "SELECT l.laboratory AS Laboratory, s.version AS Version, s.position AS Position, " + RangeColumns + """

        FROM laboratory l
        JOIN reference_range_set s ON s.laboratory_key = l.laboratory_key
        JOIN reference_range r ON r.range_key = s.range_key
        JOIN test t ON t.test_key = r.test_key
        LEFT JOIN reference_range_in_force f ON f.laboratory_key = l.laboratory_key
        WHERE l.study_key = @StudyKey AND (@Laboratory = '' OR l.laboratory = @Laboratory) AND (@Test = '' OR t.test = @Test)
            AND s.version = COALESCE(@Version, f.version)
            AND (l.laboratory > @AfterLaboratory OR (l.laboratory = @AfterLaboratory AND s.position > @AfterPosition))
        ORDER BY l.laboratory, s.position
        """;

    private const string SelectVersions = """
        SELECT l.laboratory_key AS LaboratoryKey, l.laboratory AS Laboratory, v.version AS Version, v.imported_us AS ImportedUs,
               v.imported_by AS ImportedBy, v.reason AS Reason, COALESCE(f.version, 0) AS InForce,
               (SELECT CAST(COUNT(*) AS BIGINT) FROM reference_range_set s WHERE s.laboratory_key = v.laboratory_key AND s.version = v.version) AS Ranges
        FROM laboratory l
        JOIN reference_range_version v ON v.laboratory_key = l.laboratory_key
        LEFT JOIN reference_range_in_force f ON f.laboratory_key = l.laboratory_key
        WHERE l.study_key = @studyKey AND (@laboratory = '' OR l.laboratory = @laboratory)
            AND (l.laboratory > @afterLaboratory OR (l.laboratory = @afterLaboratory AND v.version > @afterVersion))
        ORDER BY l.laboratory, v.version
        """;

    private const string SelectApplications = """
        SELECT applied_us AS AppliedUs, applied_by AS AppliedBy, reason AS Reason
        FROM reference_range_application WHERE laboratory_key = @LaboratoryKey AND version = @Version
        ORDER BY application_key
        """;

    /// <summary>
    /// The ranges in force in a study. Read them after the marks of the series they are to settle, or in one snapshot
    /// with those: what is put in force later then leaves a mark of its own.
    /// </summary>
    /// <param name="connection">Where to read.</param>
    /// <param name="transaction">Its transaction, if it has one.</param>
    /// <param name="studyKey">The study.</param>
    /// <param name="known">What was read before; given back when it still holds.</param>
    public static StudyRanges InForce(DbConnection connection, DbTransaction? transaction, long studyKey, StudyRanges? known = null)
    {
        var state = connection.ExecuteScalar<long>(SelectState, new { studyKey }, transaction);
        return known?.State == state ? known : new StudyRanges(Pairs(connection, transaction, SelectStudyInForce, studyKey)) { State = state };
    }

    /// <summary>The newest ranges of each laboratory of a study, in force or not.</summary>
    internal static StudyRanges NewestOfStudy(DbConnection connection, DbTransaction transaction, long studyKey) =>
        new(Pairs(connection, transaction, SelectStudyNewest, studyKey));

    /// <summary>Which version each laboratory of a study has in force, and which is its newest.</summary>
    internal static IReadOnlyList<LaboratoryVersions> LatestVersions(DbConnection connection, DbTransaction transaction, long studyKey) =>
        connection.Query<LaboratoryVersions>(SelectLatestVersions, new { studyKey }, transaction).AsList();

    /// <summary>The range that a grade was given by, whose it is, and the version it was in force with: of several the last.</summary>
    internal static (LaboratoryRange Range, string Laboratory, int Version) Used(
        Dialect dialect, DbConnection connection, DbTransaction transaction, long rangeKey)
    {
        var row = connection.QuerySingle<LaboratoryRangeRow>(SelectRange, new { rangeKey }, transaction);
        return (
            row.ToRange(),
            row.Laboratory,
            connection.QuerySingleOrDefault<int>(dialect.TakeFirst(SelectAppliedVersion), new { rangeKey, Take = 1 }, transaction));
    }

    /// <summary>A page of ranges by laboratory, in the order in which they were sent.</summary>
    public IReadOnlyList<RegisteredRange> List(RangeQuery query)
    {
        using var connection = database.Read();
        return [.. connection.Query<LaboratoryRangeRow>(database.Dialect.TakeFirst(SelectPage), query)
            .Select(row => new RegisteredRange(row.Laboratory, (int)row.Version, (int)row.Position, row.ToRange()))];
    }

    /// <summary>A page of versions by laboratory, with when each was in force.</summary>
    public IReadOnlyList<RangeVersion> Versions(long studyKey, string laboratory, string afterLaboratory, int afterVersion, int take)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        return [.. connection.Query<RangeVersion>(
                database.Dialect.TakeFirst(SelectVersions),
                new { studyKey, laboratory, afterLaboratory, afterVersion, Take = take },
                transaction).AsList()
            .Select(version => version with
            {
                Applications = connection.Query<AppliedVersion>(SelectApplications, version, transaction).AsList(),
            })];
    }

    private static IEnumerable<(long LaboratoryKey, LaboratoryRange Range)> Pairs(
        DbConnection connection, DbTransaction? transaction, string sql, long studyKey) =>
        connection.Query<LaboratoryRangeRow>(sql, new { studyKey }, transaction).Select(row => (row.LaboratoryKey, row.ToRange()));

    private static List<LaboratoryRange> AllRanges(WriteSession session, long laboratoryKey) =>
        [.. session.Connection.Query<LaboratoryRangeRow>(SelectAllRanges, new { laboratoryKey }, session.Transaction).Select(row => row.ToRange())];

    private static List<LaboratoryRange> Ranges(DbConnection connection, DbTransaction transaction, long laboratoryKey, int version) =>
        [.. connection.Query<LaboratoryRangeRow>(SelectVersionRanges, new { laboratoryKey, version }, transaction).Select(row => row.ToRange())];
}

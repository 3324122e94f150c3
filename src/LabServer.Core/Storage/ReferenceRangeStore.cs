using Dapper;
using LabServer.Core.Audit;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>
/// Ranges of laboratories: versioned sets, and which of them is in force. Everything is only ever added. A new version
/// changes nothing by itself; putting one in force marks the series that have results of the laboratory for grading.
/// </summary>
public sealed partial class ReferenceRangeStore(Database database, TimeProvider time)
{
    private const string SelectLaboratory = "SELECT laboratory_key FROM laboratory WHERE study_key = @studyKey AND laboratory = @laboratory";

    private const string SelectNewest = "SELECT COALESCE(MAX(version), 0) FROM reference_range_version WHERE laboratory_key = @laboratoryKey";

    private const string SelectHasVersion =
        "SELECT COUNT(*) FROM reference_range_version WHERE laboratory_key = @laboratoryKey AND version = @version";

    private const string SelectInForce = "SELECT version FROM reference_range_in_force WHERE laboratory_key = @laboratoryKey";

    private const string InsertVersion = """
        INSERT INTO reference_range_version (laboratory_key, version, imported_us, imported_by, reason)
        VALUES (@laboratoryKey, @version, @nowUs, @by, @reason)
        """;

    private const string InsertRange = """
        INSERT INTO reference_range (laboratory_key, test_key, sex, age_from, age_from_unit, age_to, age_to_unit, method, effective_from,
            effective_to, low, low_inclusive, high, high_inclusive, unit)
        VALUES (@LaboratoryKey, @TestKey, @Sex, @AgeFrom, @AgeFromUnit, @AgeTo, @AgeToUnit, @Method, @EffectiveFrom,
            @EffectiveTo, @Low, @LowInclusive, @High, @HighInclusive, @Unit)
        """;

    private const string InsertMember = """
        INSERT INTO reference_range_set (laboratory_key, version, position, range_key)
        VALUES (@laboratory_key, @version, @position, @range_key)
        """;

    private const string InsertApplication = """
        INSERT INTO reference_range_application (laboratory_key, version, applied_us, applied_by, reason)
        VALUES (@laboratoryKey, @version, @nowUs, @by, @reason)
        """;

    private readonly KeyTable _laboratories = KeyTable.Laboratories();
    private readonly KeyTable _tests = KeyTable.Tests();

    /// <summary>The newest version of a laboratory, in force or not, with its ranges; version 0 when it has none.</summary>
    public (int Version, IReadOnlyList<LaboratoryRange> Ranges) Newest(long studyKey, string laboratory)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        if (connection.QuerySingleOrDefault<long?>(SelectLaboratory, new { studyKey, laboratory }, transaction) is not { } laboratoryKey)
        {
            return (0, []);
        }

        var version = connection.ExecuteScalar<int>(SelectNewest, new { laboratoryKey }, transaction);
        return (version, Ranges(connection, transaction, laboratoryKey, version));
    }

    /// <summary>
    /// Stores checked ranges as the next version. The same ranges as in the newest version are no new one. Null: there
    /// is a newer version than the one they were checked against by now, and nothing was changed.
    /// </summary>
    public Task<RangeImport?> Import(Study study, RangeImportRequest request, CancellationToken cancellation) =>
        database.Writer.Run(session => Import(session, study, request), request.Ranges.Count + 1, cancellation);

    /// <summary>
    /// Puts a version in force, and marks what it may change. Null: the laboratory has no such version. The version that
    /// is in force already is left so, and nothing is marked.
    /// </summary>
    public Task<RangeApplication?> Apply(
        Study study, string laboratory, int version, string by, string reason, CancellationToken cancellation) =>
        database.Writer.Run(
            session =>
            {
                var laboratoryKey = session.Connection.QuerySingleOrDefault<long?>(
                    SelectLaboratory, new { studyKey = study.StudyKey, laboratory }, session.Transaction);
                return laboratoryKey is { } key
                    && session.Connection.ExecuteScalar<long>(SelectHasVersion, new { laboratoryKey = key, version }, session.Transaction) > 0
                    ? Apply(session, study, (key, laboratory), version, new Author(by, reason))
                    : null;
            },
            rows: 1,
            cancellation);

    private RangeImport? Import(WriteSession session, Study study, RangeImportRequest request)
    {
        var laboratoryKey = _laboratories.KeyOf(session, request.Laboratory, study.StudyKey);
        var newest = session.Connection.ExecuteScalar<int>(SelectNewest, new { laboratoryKey }, session.Transaction);
        if (newest != request.CheckedAgainst)
        {
            return null;
        }

        var keys = Keys(session, laboratoryKey, request.Ranges);
        var isNew = !keys.SequenceEqual(Ranges(session.Connection, session.Transaction, laboratoryKey, newest).Select(range => range.RangeKey));
        var version = isNew ? newest + 1 : newest;
        if (isNew)
        {
            InsertSet(session, laboratoryKey, version, keys, request);
            var ranges = AuditJson.Write(request.Ranges.Select(range => range with { RangeKey = 0 }));
            AuditTrail.Append(
                session,
                AuditEntry.Of(new Author(request.By, request.Reason), AuditAction.RangesImported, study.StudyId, request.Laboratory) with
                {
                    Before = AuditJson.Write(new { Version = newest }),
                    After = AuditJson.Write(new { version, Ranges = request.Ranges.Count, Sha256 = AuditHash.OfText(ranges) }),
                });
        }

        var marked = request.Apply ? Apply(session, study, (laboratoryKey, request.Laboratory), version, new Author(request.By, request.Reason)).MarkedSeries : 0;
        return new RangeImport(version, isNew, InForce(session, laboratoryKey) == version, marked);
    }

    // Ranges that an earlier version has keep their row, so that what was graded by them stays as it is.
    private List<long> Keys(WriteSession session, long laboratoryKey, IReadOnlyList<LaboratoryRange> ranges)
    {
        var known = AllRanges(session, laboratoryKey)
            .GroupBy(range => range with { RangeKey = 0 })
            .ToDictionary(group => group.Key, group => group.Min(range => range.RangeKey));
        var keys = new List<long>(ranges.Count);
        foreach (var range in ranges.Select(range => range with { RangeKey = 0 }))
        {
            if (!known.TryGetValue(range, out var key))
            {
                session.Connection.Execute(
                    InsertRange, LaboratoryRangeRow.Of(range, laboratoryKey, _tests.KeyOf(session, range.Test)), session.Transaction);
                key = session.LastInsertedKey();
            }

            keys.Add(key);
        }

        return keys;
    }

    private void InsertSet(WriteSession session, long laboratoryKey, int version, List<long> keys, RangeImportRequest request)
    {
        var nowUs = Clock.NowUs(time);
        if (version == 1)
        {
            session.Connection.Execute(
                InsertVersion, new { laboratoryKey, version = 0, nowUs, by = request.By, reason = "no ranges" }, session.Transaction);
        }

        session.Connection.Execute(
            InsertVersion, new { laboratoryKey, version, nowUs, by = request.By, reason = request.Reason }, session.Transaction);
        for (var position = 0; position < keys.Count; position++)
        {
            session.Rows(InsertMember).Add(laboratoryKey).Add(version).Add(position).Add(keys[position]).RunLater();
        }
    }

    private RangeApplication Apply(WriteSession session, Study study, (long Key, string Name) laboratory, int version, Author by)
    {
        var laboratoryKey = laboratory.Key;
        var inForce = InForce(session, laboratoryKey);
        if (inForce == version)
        {
            return new RangeApplication(version, inForce, MarkedSeries: 0);
        }

        session.Connection.Execute(
            InsertApplication, new { laboratoryKey, version, nowUs = Clock.NowUs(time), by = by.Caller, reason = by.Reason }, session.Transaction);
        var marked = PendingSeries.MarkLaboratory(session, study.StudyKey, laboratoryKey);
        AuditTrail.Append(session, AuditEntry.Of(by, AuditAction.RangesApplied, study.StudyId, laboratory.Name) with
        {
            Before = AuditJson.Write(new { Version = inForce }),
            After = AuditJson.Write(new { version, MarkedSeries = marked }),
        });
        return new RangeApplication(version, inForce, marked);
    }

    private static int InForce(WriteSession session, long laboratoryKey) =>
        session.Connection.QuerySingleOrDefault<int?>(SelectInForce, new { laboratoryKey }, session.Transaction) ?? 0;
}

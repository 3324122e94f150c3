using System.Data.Common;
using System.Text.Json;
using Dapper;
using LabServer.Core.Access;
using LabServer.Core.Derivation;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Reports;

namespace LabServer.Core.Storage;

internal sealed partial class ReportMaterialStore
{
    private const string SelectHeld = """
        SELECT r.hold_reasons AS What, CAST(COUNT(*) AS BIGINT) AS Results, CAST(SUM(CASE WHEN r.received_us > @sinceUs THEN 1 ELSE 0 END) AS BIGINT) AS Since
        FROM laboratory l JOIN result r ON r.laboratory_key = l.laboratory_key
        WHERE l.study_key = @studyKey AND r.hold_reasons <> 0
        GROUP BY r.hold_reasons ORDER BY r.hold_reasons
        """;

    private const string SelectRejected = """
        SELECT r.faults AS Faults, CAST(CASE WHEN r.received_us > @sinceUs THEN 1 ELSE 0 END AS BIGINT) AS Since
        FROM laboratory l JOIN rejected_result r ON r.laboratory_key = l.laboratory_key
        WHERE l.study_key = @studyKey
        """;

    // 7 is FlagKind.PanelMismatch; a result that breaks two panels counts once.
    private const string SelectFlagged = """
        SELECT f.flag AS What, CAST(COUNT(*) AS BIGINT) AS Results, CAST(SUM(CASE WHEN r.received_us > @sinceUs THEN 1 ELSE 0 END) AS BIGINT) AS Since
        FROM (SELECT subject_key, result_key, flag FROM observation_flag
              UNION SELECT subject_key, result_key, 7 FROM panel_flag) f
        JOIN subject s ON s.subject_key = f.subject_key
        JOIN result r ON r.result_key = f.result_key
        WHERE s.study_key = @studyKey
        GROUP BY f.flag ORDER BY f.flag
        """;

    private const string SelectLaboratories = """
        SELECT l.laboratory AS Laboratory, CAST(COUNT(*) AS BIGINT) AS Results, CAST(SUM(CASE WHEN r.received_us > @sinceUs THEN 1 ELSE 0 END) AS BIGINT) AS Since,
               MAX(r.received_us) AS ReceivedUs, MAX(r.collected_us) AS CollectedUs
        FROM laboratory l JOIN result r ON r.laboratory_key = l.laboratory_key
        WHERE l.study_key = @studyKey AND l.laboratory <> @derived
        GROUP BY l.laboratory ORDER BY l.laboratory
        """;

    private static readonly (HoldReasons Reason, string Words)[] HoldWords =
    [
        (HoldReasons.UnknownSubject, "unknown subject"), (HoldReasons.UnknownTest, "unknown test"), (HoldReasons.UnknownUnit, "unknown unit"),
    ];

    // A result that waits for two things counts under both.
    private static List<ReportCount> Held(DbConnection connection, DbTransaction transaction, long studyKey, long sinceUs)
    {
        var rows = connection.Query<CountRow>(SelectHeld, new { studyKey, sinceUs }, transaction).AsList();
        return [.. HoldWords
            .Select(hold => (hold.Words, Rows: rows.Where(row => ((HoldReasons)row.What).HasFlag(hold.Reason)).ToList()))
            .Where(hold => hold.Rows.Count > 0)
            .Select(hold => new ReportCount(hold.Words, hold.Rows.Sum(row => row.Results), hold.Rows.Sum(row => row.Since)))];
    }

    // An entry with two faults counts under both, with the same fault twice once.
    private static List<ReportCount> Rejected(DbConnection connection, DbTransaction transaction, long studyKey, long sinceUs)
    {
        var counts = new SortedDictionary<string, (long Results, long Since)>(StringComparer.Ordinal);
        foreach (var row in connection.Query<RejectedFaults>(SelectRejected, new { studyKey, sinceUs }, transaction, buffered: false))
        {
            foreach (var code in JsonSerializer.Deserialize<Fault[]>(row.Faults)!.Select(fault => fault.WireCode).Distinct())
            {
                var (results, since) = counts.GetValueOrDefault(code);
                counts[code] = (results + 1, since + row.Since);
            }
        }

        return [.. counts.Select(entry => new ReportCount(entry.Key, entry.Value.Results, entry.Value.Since))];
    }

    private static List<ReportCount> Flagged(DbConnection connection, DbTransaction transaction, long studyKey, long sinceUs) =>
        [.. connection.Query<CountRow>(SelectFlagged, new { studyKey, sinceUs }, transaction)
            .Select(row => new ReportCount(((FlagKind)row.What).Word(), row.Results, row.Since))];

    private static List<ReportLaboratory> Laboratories(DbConnection connection, DbTransaction transaction, long studyKey, long sinceUs, Naming names) =>
        [.. connection.Query<LaboratoryRow>(SelectLaboratories, new { studyKey, sinceUs, derived = DerivedResult.Laboratory }, transaction)
            .Select(row => new ReportLaboratory(
                row.Laboratory, row.Results, row.Since, names.Local(row.ReceivedUs), names.Local(row.CollectedUs)[..10]))];

    private List<ReportLiver> Livers(DbConnection connection, DbTransaction transaction, Study study) =>
        [.. liver.Read(connection, transaction, study, ArmSight.Blinded, "", []).Points
            .Where(point => point.Transaminase.Peak is not null || point.Bilirubin.Peak is not null)
            .Select(point => new ReportLiver(
                point.Subject.SubjectId,
                point.Quadrant,
                point.Transaminase.Peak?.Times,
                point.Transaminase.Peak is null ? "" : point.IsAst ? "AST" : "ALT",
                point.Bilirubin.Peak?.Times,
                point.Alp?.TimesUpperLimit,
                point.IsCandidate,
                point.AlpUnderTwice))];

    // Not positional: SQLite gives a computed column of no rows no type, and Dapper then finds no constructor.
    private sealed record CountRow
    {
        public int What { get; init; }

        public long Results { get; init; }

        public long Since { get; init; }
    }

    private sealed record RejectedFaults
    {
        public string Faults { get; init; } = "";

        public long Since { get; init; }
    }

    private sealed record LaboratoryRow
    {
        public string Laboratory { get; init; } = "";

        public long Results { get; init; }

        public long Since { get; init; }

        public long ReceivedUs { get; init; }

        public long CollectedUs { get; init; }
    }
}

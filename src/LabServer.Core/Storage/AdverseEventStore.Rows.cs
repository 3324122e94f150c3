using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

public sealed partial class AdverseEventStore
{
    private const string SelectSubject = """
        SELECT s.subject_id FROM subject s
        WHERE s.study_key = @studyKey AND s.subject_key IN (
            SELECT i.subject_key FROM event_identity i WHERE i.event_id = @eventId
            UNION SELECT p.subject_key FROM reported_event p WHERE p.event_id = @eventId)
        """;

    private const string SelectReviews = """
        SELECT revision AS Revision, relatedness AS Relatedness, serious AS Serious, outcome AS Outcome, comment AS Comment,
               reviewer AS Reviewer, reviewed_us AS ReviewedUs, fingerprint AS Fingerprint
        FROM event_review WHERE event_id = @eventId ORDER BY revision
        """;

    private const string SelectReports = """
        SELECT p.version AS Version, p.report_id AS ReportId, s.subject_id AS SubjectId, p.reported_term AS ReportedTerm, p.coded_term AS CodedTerm,
               p.system_organ_class AS SystemOrganClass, p.onset AS Onset, p.end_at AS EndedAt, p.grade AS Grade, p.serious AS Serious,
               p.relatedness AS Relatedness, p.outcome AS Outcome, p.comment AS Comment, p.withdrawn AS Withdrawn,
               p.reported_by AS ReportedBy, p.reported_us AS ReportedUs
        FROM reported_event p JOIN subject s ON s.subject_key = p.subject_key
        WHERE p.event_id = @eventId AND (@version = 0 OR p.version = @version)
        ORDER BY p.version
        """;

    private static IReadOnlyList<EventReview> Reviews(DbConnection connection, DbTransaction transaction, string eventId) =>
        [.. connection.Query<ReviewRow>(SelectReviews, new { eventId }, transaction).Select(row => row.ToReview())];

    private static IReadOnlyList<EventReport> Reports(DbConnection connection, DbTransaction transaction, string eventId) =>
        [.. connection.Query<ReportRow>(SelectReports, new { eventId, version = 0 }, transaction).Select(row => row.ToReport())];

    private static string? SubjectOf(DbConnection connection, DbTransaction transaction, long studyKey, string eventId) =>
        connection.QuerySingleOrDefault<string>(SelectSubject, new { studyKey, eventId }, transaction);

    private AdverseEvent Event(DbConnection connection, DbTransaction transaction, Row row) => row.Kind switch
    {
        1 => Graded(connection, transaction, row),
        2 => Reported(connection, transaction, row),
        _ => EventJson.Read(row.Snapshot) with { Review = row.Review() },
    };

    private AdverseEvent Graded(DbConnection connection, DbTransaction transaction, Row row)
    {
        var found = new AdverseEvent(
            row.EventId,
            row.RuleSetId,
            row.SubjectId,
            EventTerm.Of(ruleSets.Term(row.TermKey).Term),
            row.Onset,
            row.EndedAt,
            (int?)row.BaselineGrade,
            (int)row.WorstGrade,
            row.OnsetUs,
            EventHistory.Read(connection, transaction, row))
        {
            Review = row.Review(),
        };

        // Stored before there were fingerprints, and not graded since.
        return found with { Fingerprint = row.Fingerprint.Length > 0 ? row.Fingerprint : EventFingerprint.Of(found) };
    }

    private static AdverseEvent Reported(DbConnection connection, DbTransaction transaction, Row row)
    {
        var report = connection.QuerySingle<ReportRow>(SelectReports, new { eventId = row.EventId, version = row.Version }, transaction).ToReport();
        return ReportedEvents.Event(row.EventId, row.OnsetUs, report) with { Review = row.Review() };
    }

    private sealed record Row
    {
        public long Kind { get; init; }

        public string EventId { get; init; } = "";

        public string RuleSetId { get; init; } = "";

        public string SubjectId { get; init; } = "";

        public long TermKey { get; init; }

        public long SubjectKey { get; init; }

        public long TestKey { get; init; }

        public long OnsetUs { get; init; }

        public string Onset { get; init; } = "";

        public string? EndedAt { get; init; }

        public long LastUs { get; init; }

        public long? BaselineGrade { get; init; }

        public long WorstGrade { get; init; }

        public string Fingerprint { get; init; } = "";

        public string Snapshot { get; init; } = "";

        public long Version { get; init; }

        public long? Revision { get; init; }

        public long? Relatedness { get; init; }

        public long? Serious { get; init; }

        public long? Outcome { get; init; }

        public string? Comment { get; init; }

        public string? Reviewer { get; init; }

        public long? ReviewedUs { get; init; }

        public string? ReviewedFingerprint { get; init; }

        public EventReview? Review() => Revision is not { } revision
            ? null
            : new ReviewRow(revision, Relatedness!.Value, Serious!.Value, Outcome!.Value, Comment!, Reviewer!, ReviewedUs!.Value, ReviewedFingerprint!).ToReview();
    }
}

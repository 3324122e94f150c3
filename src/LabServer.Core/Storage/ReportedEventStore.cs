using Dapper;
using LabServer.Core.Audit;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Clinical events that people report. Only ever added to: a correction is a new version, and so is a withdrawal.</summary>
public sealed class ReportedEventStore(
    Database database, SubjectDirectory subjects, EventLog log, AlertStore alerts, TimeProvider time)
{
    private const string InsertVersion = """
        INSERT INTO reported_event (event_id, version, subject_key, report_id, reported_term, coded_term, system_organ_class, onset, onset_us,
            end_at, grade, serious, relatedness, outcome, comment, withdrawn, reported_by, reported_us, fingerprint)
        VALUES (@eventId, @Version, @subjectKey, @ReportId, @ReportedTerm, @CodedTerm, @SystemOrganClass, @Onset, @onsetUs,
            @EndedAt, @Grade, @Serious, @Relatedness, @Outcome, @Comment, @Withdrawn, @ReportedBy, @ReportedUs, @fingerprint)
        """;

    private const string SelectNewest = """
        SELECT p.version AS Version, p.report_id AS ReportId, s.subject_id AS SubjectId, p.reported_term AS ReportedTerm, p.coded_term AS CodedTerm,
               p.system_organ_class AS SystemOrganClass, p.onset AS Onset, p.end_at AS EndedAt, p.grade AS Grade, p.serious AS Serious,
               p.relatedness AS Relatedness, p.outcome AS Outcome, p.comment AS Comment, p.withdrawn AS Withdrawn,
               p.reported_by AS ReportedBy, p.reported_us AS ReportedUs
        FROM reported_event p JOIN subject s ON s.subject_key = p.subject_key
        WHERE p.event_id = @eventId AND s.study_key = @StudyKey
          AND p.version = (SELECT MAX(q.version) FROM reported_event q WHERE q.event_id = @eventId)
        """;

    /// <summary>
    /// Takes reports. One with the id of a report on file is a duplicate when it says the same; when it says something
    /// else it corrects the one on file, or is refused. One that comes from an export with an event on file is never taken
    /// for a second event, nor for a correction: an export does not have all that a report says.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="reports">Reports without faults.</param>
    /// <param name="amend">Whether reports on file may be corrected.</param>
    /// <param name="cancellation">Gives up waiting for the writer.</param>
    public Task<ReportOutcome[]> Report(Study study, IReadOnlyList<EventReport> reports, bool amend, CancellationToken cancellation) =>
        database.Writer.Run(
            session => reports.Select(report => Report(session, study, report, amend)).ToArray(), rows: 2 * reports.Count, cancellation);

    /// <summary>Corrects a reported event, also one that was withdrawn; null: the study has none of this id.</summary>
    /// <param name="study">Study of the event.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="expected">Fingerprint of the event that the caller looked at; empty: whatever it is now.</param>
    /// <param name="report">A report without faults.</param>
    /// <param name="cancellation">Gives up waiting for the writer.</param>
    public Task<ReportOutcome?> Amend(Study study, string eventId, string expected, EventReport report, CancellationToken cancellation) =>
        database.Writer.Run(
            session => Find(session, study, eventId) is not { } known ? null
                : IsOther(known, expected) ? Changed(known)
                : Amend(session, study, known, report),
            rows: 2,
            cancellation);

    /// <summary>Withdraws a reported event; null: the study has none of this id.</summary>
    /// <param name="study">Study of the event.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="expected">Fingerprint of the event that the caller looked at; empty: whatever it is now.</param>
    /// <param name="comment">Why.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellation">Gives up waiting for the writer.</param>
    public Task<ReportOutcome?> Withdraw(
        Study study, string eventId, string expected, string comment, string by, CancellationToken cancellation) =>
        database.Writer.Run(
            session => Find(session, study, eventId) is not { } known ? null
                : IsOther(known, expected) ? Changed(known)
                : known.Removed ? new ReportOutcome(ReportDisposition.Duplicate, eventId, [])
                : Next(session, study, known, known.Reported! with { Withdrawn = true, Comment = comment, ReportedBy = by }, EventChangeKind.Removed),
            rows: 2,
            cancellation);

    private ReportOutcome Report(WriteSession session, Study study, EventReport report, bool amend)
    {
        if (report.ExportedEventId.Length > 0 && Find(session, study, report.ExportedEventId) is { } exported)
        {
            return Exported(exported, report);
        }

        if (report.ReportId.Length == 0)
        {
            report = report with { ReportId = Guid.CreateVersion7(time.GetUtcNow()).ToString("N") };
        }

        var eventId = EventIds.Reported(study.StudyId, report.ReportId);
        if (Find(session, study, eventId) is { } known)
        {
            return Known(session, study, known, report, amend);
        }

        if (subjects.Find(session, study.StudyKey, report.SubjectId) is not { } subjectKey)
        {
            return Rejected(FaultCode.SubjectUnknown, "subject_id", "The study has no such subject.");
        }

        var created = Insert(session, study, eventId, subjectKey, report with { Version = 1 });
        alerts.WriteEvent(session, study.StudyKey, subjectKey, created);
        log.LogChange(session, study.StudyKey, (EventChangeKind.Reported, EventCause.Report, report.ReportedBy), null, 0, created);
        Note(session, study, AuditAction.EventReported, null, created);
        return new ReportOutcome(ReportDisposition.Created, eventId, []);
    }

    private static ReportOutcome Exported(AdverseEvent known, EventReport report) => IsSame(known, report)
        ? new ReportOutcome(ReportDisposition.Duplicate, known.EventId, [])
        : Rejected(
            FaultCode.EventOnFile,
            "exported_event_id",
            "The study has this event, and it says something else. An export has no comments, and reviews go before reports in it: amend the event itself.");

    // Sent again after a withdrawal it stays withdrawn: only a correction brings it back.
    private static bool IsSame(AdverseEvent known, EventReport report) => known.Fingerprint == EventFingerprint.Of(
        report with { Withdrawn = known.Removed, Comment = known.Removed ? known.Reported!.Comment : report.Comment });

    private ReportOutcome Known(WriteSession session, Study study, AdverseEvent known, EventReport report, bool amend) =>
        IsSame(known, report) ? new ReportOutcome(ReportDisposition.Duplicate, known.EventId, [])
        : amend ? Amend(session, study, known, report)
        : Rejected(FaultCode.ContentConflict, "report_id", "A report of this id is on file and says something else.");

    private ReportOutcome Amend(WriteSession session, Study study, AdverseEvent known, EventReport report)
    {
        report = report with { ReportId = known.Reported!.ReportId };
        return report.SubjectId != known.SubjectId
            ? Rejected(FaultCode.SubjectChanged, "subject_id", "A correction keeps the subject: withdraw the event and report it for the other one.")
            : EventFingerprint.Of(report) == known.Fingerprint ? new ReportOutcome(ReportDisposition.Duplicate, known.EventId, [])
            : Next(session, study, known, report, EventChangeKind.ReportAmended);
    }

    private ReportOutcome Next(WriteSession session, Study study, AdverseEvent known, EventReport report, EventChangeKind kind)
    {
        // There is a version on file, so the subject is there.
        var subjectKey = subjects.Find(session, study.StudyKey, known.SubjectId)!.Value;
        var next = Insert(session, study, known.EventId, subjectKey, report with { Version = known.Reported!.Version + 1 });
        alerts.WriteEvent(session, study.StudyKey, subjectKey, next);
        log.LogChange(session, study.StudyKey, (kind, EventCause.Report, report.ReportedBy), known.Fingerprint, known.WorstGrade, next);
        Note(session, study, kind == EventChangeKind.Removed ? AuditAction.EventReportWithdrawn : AuditAction.EventReportAmended, known, next);
        return new ReportOutcome(ReportDisposition.Amended, known.EventId, []);
    }

    private static void Note(WriteSession session, Study study, string action, AdverseEvent? before, AdverseEvent after) =>
        AuditTrail.Append(
            session,
            AuditEntry.Of(new Author(after.Reported!.ReportedBy, after.Reported.Comment), action, study.StudyId, after.EventId) with
            {
                Before = AuditJson.Write(before?.Reported),
                After = AuditJson.Write(after.Reported),
            });

    private AdverseEvent Insert(WriteSession session, Study study, string eventId, long subjectKey, EventReport report)
    {
        report = report with { ReportedUs = Clock.NowUs(time) };
        var found = Event(study, eventId, report);
        session.Connection.Execute(
            InsertVersion,
            new
            {
                eventId,
                report.Version,
                subjectKey,
                report.ReportId,
                report.ReportedTerm,
                report.CodedTerm,
                report.SystemOrganClass,
                report.Onset,
                onsetUs = found.OnsetUs,
                report.EndedAt,
                report.Grade,
                Serious = (int)report.Serious,
                Relatedness = (int)report.Relatedness,
                Outcome = (int)report.Outcome,
                report.Comment,
                report.Withdrawn,
                report.ReportedBy,
                report.ReportedUs,
                fingerprint = found.Fingerprint,
            },
            session.Transaction);
        return found;
    }

    private static AdverseEvent? Find(WriteSession session, Study study, string eventId) =>
        session.Connection.QuerySingleOrDefault<ReportRow>(SelectNewest, new { eventId, study.StudyKey }, session.Transaction) is { } row
            ? Event(study, eventId, row.ToReport())
            : null;

    private static AdverseEvent Event(Study study, string eventId, EventReport report)
    {
        PartialDateTime.TryRead(report.Onset, out var onset, out _);
        return ReportedEvents.Event(eventId, onset.StartUtc(study.Zone()), report);
    }

    private static bool IsOther(AdverseEvent known, string expected) => expected.Length > 0 && expected != known.Fingerprint;

    private static ReportOutcome Changed(AdverseEvent known) => new(ReportDisposition.Rejected, "", []) { ChangedTo = known.Fingerprint };

    private static ReportOutcome Rejected(FaultCode code, string field, string message) =>
        new(ReportDisposition.Rejected, "", [new Fault(code, field, message)]);
}

using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Reported events as events.</summary>
internal static class ReportedEvents
{
    public static AdverseEvent Event(string eventId, long onsetUs, EventReport report) => new(
        eventId,
        "",
        report.SubjectId,
        report.Term,
        report.Onset,
        report.EndedAt.Length > 0 ? report.EndedAt : null,
        null,
        report.Grade,
        onsetUs,
        [])
    {
        Source = EventSource.Reported,
        Fingerprint = EventFingerprint.Of(report),
        Removed = report.Withdrawn,
        Reported = report,
    };
}

using System.Security.Cryptography;
using System.Text;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Reported events as events.</summary>
internal static class ReportedEvents
{
    /// <summary>The id of what is reported under an id in a study: sent again it is the same event.</summary>
    public static string Id(Study study, string reportId) =>
        "AR-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{study.StudyId}\n{reportId}")).AsSpan(0, 12));

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

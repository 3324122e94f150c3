using Google.Protobuf.WellKnownTypes;
using LabServer.Core;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using Event = LabServer.Core.Grading.AdverseEvent;
using Report = LabServer.Core.Grading.EventReport;
using Review = LabServer.Core.Grading.EventReview;

namespace LabServer.Grading;

/// <summary>Events between the wire and the domain. The enumerations have the same numbers on both sides.</summary>
internal static class EventMapping
{
    public static Api.V1.AdverseEvent ToMessage(Event found)
    {
        var message = new Api.V1.AdverseEvent
        {
            EventId = found.EventId,
            RuleSetId = RuleSetOf(found.RuleSetId).Name,
            RuleSetVersion = RuleSetOf(found.RuleSetId).Version,
            SubjectId = found.SubjectId,
            Term = found.Term.Name,
            SystemOrganClass = found.Term.SystemOrganClass,
            Direction = (Api.V1.ToxicityDirection)(found.Term.Direction ?? 0),
            Onset = found.Onset,
            End = found.EndedAt ?? "",
            WorstGrade = found.WorstGrade,
            History =
            {
                found.History.Select(point => new Api.V1.GradePoint
                {
                    CollectedAt = point.CollectedAt,
                    Grade = point.Grade,
                    Laboratory = point.Laboratory,
                    SourceResultId = point.SourceResultId,
                }),
            },
            Source = (Api.V1.EventSource)found.Source,
            ReviewState = (Api.V1.ReviewState)found.ReviewState,
            Fingerprint = found.Fingerprint,
            Removed = found.Removed,
        };
        if (found.BaselineGrade is { } baseline)
        {
            message.BaselineGrade = baseline;
        }

        if (found.Review is { } review)
        {
            message.Review = ToMessage(review);
        }

        if (found.Reported is { } report)
        {
            message.Report = ToMessage(report);
        }

        return message;
    }

    /// <summary>Name and version of a rule set by its id on file; an empty name and 0 for none.</summary>
    public static (string Name, int Version) RuleSetOf(string ruleSetId) =>
        ruleSetId.Length > 0 && RuleSetReference.Read(ruleSetId) is var reference ? (reference.Name, reference.Version ?? 1) : ("", 0);

    public static Api.V1.AdverseEventChange ToMessage(EventChange change) => new()
    {
        Kind = (Api.V1.EventChangeKind)change.Kind,
        At = ToTimestamp(change.AtUs),
        Cause = change.Cause,
        MadeBy = change.MadeBy,
        Event = ToMessage(change.Event),
    };

    public static Api.V1.EventReview ToMessage(Review review) => new()
    {
        Revision = review.Revision,
        Relatedness = (Api.V1.Relatedness)review.Relatedness,
        Serious = (Api.V1.YesNo)review.Serious,
        Outcome = (Api.V1.EventOutcome)review.Outcome,
        Comment = review.Comment,
        Reviewer = review.Reviewer,
        ReviewedAt = ToTimestamp(review.ReviewedUs),
        Fingerprint = review.Fingerprint,
    };

    public static Api.V1.EventReport ToMessage(Report report) => new()
    {
        ReportId = report.ReportId,
        SubjectId = report.SubjectId,
        ReportedTerm = report.ReportedTerm,
        CodedTerm = report.CodedTerm,
        SystemOrganClass = report.SystemOrganClass,
        Onset = report.Onset,
        End = report.EndedAt,
        Grade = report.Grade,
        Serious = (Api.V1.YesNo)report.Serious,
        Relatedness = (Api.V1.Relatedness)report.Relatedness,
        Outcome = (Api.V1.EventOutcome)report.Outcome,
        Comment = report.Comment,
        Version = report.Version,
        Withdrawn = report.Withdrawn,
        ReportedBy = report.ReportedBy,
        ReportedAt = ToTimestamp(report.ReportedUs),
    };

    public static Report ToReport(Api.V1.EventReport message, string reportedBy) => new()
    {
        ReportId = message.ReportId.Trim(),
        ExportedEventId = message.ExportedEventId.Trim(),
        SubjectId = message.SubjectId.Trim(),
        ReportedTerm = message.ReportedTerm.Trim(),
        CodedTerm = message.CodedTerm.Trim(),
        SystemOrganClass = message.SystemOrganClass.Trim(),
        Onset = message.Onset.Trim(),
        EndedAt = message.End.Trim(),
        Grade = message.Grade,
        Serious = (YesNo)message.Serious,
        Relatedness = (Core.Grading.Relatedness)message.Relatedness,
        Outcome = (Core.Grading.EventOutcome)message.Outcome,
        Comment = message.Comment,
        ReportedBy = reportedBy,
    };

    /// <summary>Whether it is within what a timestamp may hold: a sender can set its parts to anything.</summary>
    public static bool IsTimestamp(Timestamp at) => at.Nanos is >= 0 and < 1_000_000_000
        && at.Seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && at.Seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static Timestamp ToTimestamp(long us) => Timestamp.FromDateTimeOffset(Clock.FromUs(us));
}

using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>Checks what people say of events, before it is stored.</summary>
public static class EventChecks
{
    /// <summary>Most characters of a comment.</summary>
    public const int MaxCommentLength = 2_000;

    private const int DeathGrade = 5;
    private const long Day = 24L * 60 * 60 * 1_000_000;

    /// <summary>Every fault of a report at once; empty: good. Field names are those of the API.</summary>
    /// <param name="report">What was reported.</param>
    /// <param name="zone">Time zone of the study.</param>
    /// <param name="nowUs">Now, in UTC microseconds; no event begins or ends later.</param>
    public static IReadOnlyList<Fault> Check(EventReport report, TimeZoneInfo zone, long nowUs)
    {
        List<Fault>? faults = null;
        ResultTextChecks.Check(report.ReportId, "report_id", required: false, ref faults);
        ResultTextChecks.Check(report.ExportedEventId, "exported_event_id", required: false, ref faults);
        if (EventIds.IsGraded(report.ExportedEventId))
        {
            ResultTextChecks.Add(
                ref faults, FaultCode.EventGraded, "exported_event_id", "Grading found this event: the results bring it, and a report would count it a second time.");
        }

        ResultTextChecks.Check(report.SubjectId, "subject_id", required: true, ref faults);
        ResultTextChecks.Check(report.ReportedTerm, "reported_term", required: true, ref faults);
        ResultTextChecks.Check(report.CodedTerm, "coded_term", required: false, ref faults);
        ResultTextChecks.Check(report.SystemOrganClass, "system_organ_class", required: false, ref faults);
        ResultTextChecks.Check(report.Comment, "comment", required: false, ref faults, MaxCommentLength);
        if (report.Grade is < 1 or > DeathGrade)
        {
            ResultTextChecks.Add(ref faults, FaultCode.GradeInvalid, "grade", "grade must be from 1 to 5.");
        }

        CheckMarks(report.Relatedness, report.Serious, report.Outcome, ref faults);
        var onset = Date(report.Onset, "onset", required: true, zone, nowUs, ref faults);
        var end = Date(report.EndedAt, "end", required: false, zone, nowUs, ref faults);
        if (onset is { } began && end is { } ended && ended.EndUtc(zone) < began.StartUtc(zone))
        {
            ResultTextChecks.Add(ref faults, FaultCode.EndBeforeOnset, "end", "end is before onset.");
        }

        return faults ?? [];
    }

    /// <summary>Every fault of a review at once; empty: good.</summary>
    public static IReadOnlyList<Fault> Check(EventReview review)
    {
        List<Fault>? faults = null;
        CheckMarks(review.Relatedness, review.Serious, review.Outcome, ref faults);
        if (review.Relatedness == Relatedness.None)
        {
            ResultTextChecks.Add(ref faults, FaultCode.FieldMissing, "relatedness", "relatedness is required.");
        }

        if (review.Outcome == EventOutcome.None)
        {
            ResultTextChecks.Add(ref faults, FaultCode.FieldMissing, "outcome", "outcome is required.");
        }

        ResultTextChecks.Check(review.Comment, "comment", required: false, ref faults, MaxCommentLength);
        return faults ?? [];
    }

    /// <summary>Every fault of a comment; empty: good.</summary>
    public static IReadOnlyList<Fault> CheckComment(string comment)
    {
        List<Fault>? faults = null;
        ResultTextChecks.Check(comment, "comment", required: false, ref faults, MaxCommentLength);
        return faults ?? [];
    }

    private static void CheckMarks(Relatedness relatedness, YesNo serious, EventOutcome outcome, ref List<Fault>? faults)
    {
        if (!Enum.IsDefined(relatedness))
        {
            ResultTextChecks.Add(ref faults, FaultCode.RelatednessUnknown, "relatedness", "relatedness is none of the known ones.");
        }

        if (!Enum.IsDefined(serious))
        {
            ResultTextChecks.Add(ref faults, FaultCode.SeriousnessUnknown, "serious", "serious is none of the known ones.");
        }

        if (!Enum.IsDefined(outcome))
        {
            ResultTextChecks.Add(ref faults, FaultCode.OutcomeUnknown, "outcome", "outcome is none of the known ones.");
        }
    }

    private static PartialDateTime? Date(string text, string field, bool required, TimeZoneInfo zone, long nowUs, ref List<Fault>? faults)
    {
        if (!ResultTextChecks.Check(text, field, required, ref faults))
        {
            return null;
        }

        if (!PartialDateTime.TryRead(text, out var date, out var fault))
        {
            ResultTextChecks.Add(ref faults, FaultCode.DateMalformed, field, fault!);
            return null;
        }

        // A partial date is in the future only if the first moment it can mean is. A day's grace for clocks and zones.
        if (date.StartUtc(zone) > nowUs + Day)
        {
            ResultTextChecks.Add(ref faults, FaultCode.DateInFuture, field, $"{field} is in the future.");
        }

        return date;
    }
}

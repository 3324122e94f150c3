using Dapper;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Reviews inside a transaction, and what a change of an event does to its review.</summary>
internal static class EventReviews
{
    private const string SelectNewest = """
        SELECT revision AS Revision, relatedness AS Relatedness, serious AS Serious, outcome AS Outcome, comment AS Comment,
               reviewer AS Reviewer, reviewed_us AS ReviewedUs, fingerprint AS Fingerprint
        FROM event_review
        WHERE event_id = @eventId AND revision = (SELECT MAX(revision) FROM event_review WHERE event_id = @eventId)
        """;

    /// <summary>The newest review of an event; null: none.</summary>
    public static EventReview? Newest(WriteSession session, string eventId) =>
        session.Connection.QuerySingleOrDefault<ReviewRow>(SelectNewest, new { eventId }, session.Transaction)?.ToReview();

    /// <summary>
    /// Logs a change of an event, and behind it what the change does to its review: reopened when the event is not what
    /// was reviewed any more, reviewed when it is that again.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <param name="session">The transaction that makes the change.</param>
    /// <param name="studyKey">Study of the event.</param>
    /// <param name="made">What happened, why, and by whom.</param>
    /// <param name="before">Fingerprint before it; null: the event was not there.</param>
    /// <param name="gradeBefore">Worst grade before it; 0: the event was not there.</param>
    /// <param name="after">The event after it.</param>
    public static void LogChange(
        this EventLog log,
        WriteSession session,
        long studyKey,
        (EventChangeKind Kind, string Cause, string MadeBy) made,
        string? before,
        int gradeBefore,
        AdverseEvent after)
    {
        after = after with { Review = Newest(session, after.EventId) };
        log.Append(session, studyKey, made.Kind, made.Cause, made.MadeBy, after, gradeBefore);
        if (after.Review is null)
        {
            return;
        }

        var was = before == after.Review.Fingerprint;
        var isReviewed = after.ReviewState == ReviewState.Reviewed;
        if (was != isReviewed)
        {
            var kind = isReviewed ? EventChangeKind.Reviewed : EventChangeKind.ReviewReopened;
            log.Append(session, studyKey, kind, made.Cause, made.MadeBy, after, gradeBefore);
        }
    }
}

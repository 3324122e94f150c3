using Dapper;
using LabServer.Core.Audit;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Reviews of events. Only ever added to: a second thought is a new revision.</summary>
public sealed class ReviewStore(Database database, AdverseEventStore events, EventLog log, TimeProvider time)
{
    private const string InsertReview = """
        INSERT INTO event_review (event_id, revision, relatedness, serious, outcome, comment, reviewer, reviewed_us, fingerprint)
        VALUES (@EventId, @Revision, @Relatedness, @Serious, @Outcome, @Comment, @Reviewer, @ReviewedUs, @Fingerprint)
        """;

    private const string FillFingerprint = """
        UPDATE adverse_event SET fingerprint = @Fingerprint
        WHERE event_id = @EventId AND fingerprint = ''
          AND subject_key = (SELECT s.subject_key FROM subject s WHERE s.study_key = @studyKey AND s.subject_id = @SubjectId)
        """;

    /// <summary>Adds a review of an event as it is now.</summary>
    /// <param name="study">Study of the event.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="expected">Fingerprint of the event that the reviewer looked at; empty: whatever it is now.</param>
    /// <param name="review">The review; revision, time and fingerprint are filled in.</param>
    /// <param name="cancellation">Gives up waiting for the writer.</param>
    public Task<ReviewOutcome> Review(Study study, string eventId, string expected, EventReview review, CancellationToken cancellation) =>
        database.Writer.Run(session => Review(session, study, eventId, expected, review), rows: 2, cancellation);

    private ReviewOutcome Review(WriteSession session, Study study, string eventId, string expected, EventReview review)
    {
        var found = events.Find(session.Connection, session.Transaction, study.StudyKey, eventId);
        var refusal = found is null ? ReviewRefusal.NotFound
            : found.Removed ? ReviewRefusal.Removed
            : expected.Length > 0 && expected != found.Fingerprint ? ReviewRefusal.Changed
            : ReviewRefusal.None;
        if (found is null || refusal != ReviewRefusal.None)
        {
            return new ReviewOutcome(found, refusal);
        }

        review = review with
        {
            Revision = (found.Review?.Revision ?? 0) + 1,
            ReviewedUs = Clock.NowUs(time),
            Fingerprint = found.Fingerprint,
        };
        session.Connection.Execute(
            InsertReview,
            new
            {
                found.EventId,
                review.Revision,
                Relatedness = (int)review.Relatedness,
                Serious = (int)review.Serious,
                Outcome = (int)review.Outcome,
                review.Comment,
                review.Reviewer,
                review.ReviewedUs,
                review.Fingerprint,
            },
            session.Transaction);

        // Without it the next grading could not tell whether the event is still the one that was reviewed.
        session.Connection.Execute(
            FillFingerprint, new { found.Fingerprint, found.EventId, studyKey = study.StudyKey, found.SubjectId }, session.Transaction);
        AuditTrail.Append(
            session,
            AuditEntry.Of(new Author(review.Reviewer, review.Comment), AuditAction.EventReviewed, study.StudyId, found.EventId) with
            {
                Before = AuditJson.Write(found.Review),
                After = AuditJson.Write(review),
            });
        found = found with { Review = review };
        log.Append(session, study.StudyKey, EventChangeKind.Reviewed, EventCause.Review, review.Reviewer, found);
        return new ReviewOutcome(found, ReviewRefusal.None);
    }
}

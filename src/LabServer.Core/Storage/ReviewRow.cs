using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>A review as stored.</summary>
internal sealed record ReviewRow(
    long Revision, long Relatedness, long Serious, long Outcome, string Comment, string Reviewer, long ReviewedUs, string Fingerprint)
{
    public EventReview ToReview() => new()
    {
        Revision = (int)Revision,
        Relatedness = (Relatedness)Relatedness,
        Serious = (YesNo)Serious,
        Outcome = (EventOutcome)Outcome,
        Comment = Comment,
        Reviewer = Reviewer,
        ReviewedUs = ReviewedUs,
        Fingerprint = Fingerprint,
    };
}

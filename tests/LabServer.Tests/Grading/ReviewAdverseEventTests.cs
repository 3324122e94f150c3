using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Grading;

/// <summary>One subject with one event: ALT 130 on 2 March 2021, grade 2.</summary>
public sealed class ReviewAdverseEventTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Review_EventAsItWasLookedAt_IsKeptWithWhoAndWhen()
    {
        var (trial, found) = await Graded();
        Assert.Equal((ReviewState.NotReviewed, EventSource.Graded, false), (found.ReviewState, found.Source, found.Removed));

        var reviewed = await Review(trial, found, Relatedness.Possible, found.Fingerprint);

        Assert.Equal(ReviewState.Reviewed, reviewed.ReviewState);
        Assert.Equal(
            (1, Relatedness.Possible, YesNo.No, EventOutcome.Recovering, "looked at", "admin", found.Fingerprint),
            (reviewed.Review.Revision, reviewed.Review.Relatedness, reviewed.Review.Serious, reviewed.Review.Outcome, reviewed.Review.Comment,
                reviewed.Review.Reviewer, reviewed.Review.Fingerprint));
        Assert.NotNull(reviewed.Review.ReviewedAt);
        Assert.Equal(reviewed, Assert.Single((await List(trial)).Events));
    }

    [Fact]
    public async Task Review_SecondTime_CountsAndTheFirstStaysReadable()
    {
        var (trial, found) = await Graded();
        await Review(trial, found, Relatedness.Unlikely);
        await Review(trial, found, Relatedness.Definite);

        var shown = await Get(trial, found.EventId);

        Assert.Equal([Relatedness.Unlikely, Relatedness.Definite], shown.Reviews.Select(review => review.Relatedness));
        Assert.Equal((2, Relatedness.Definite), (shown.Event.Review.Revision, shown.Event.Review.Relatedness));
        Assert.Equal([EventChangeKind.Added, EventChangeKind.Reviewed, EventChangeKind.Reviewed], shown.Changes.Select(change => change.Kind));
    }

    [Fact]
    public async Task Review_EventChangedSinceItWasLookedAt_IsRefused()
    {
        var (trial, found) = await Graded();
        await Amend(trial, "250", version: 2);

        var fault = await Refused.With(StatusCode.FailedPrecondition, "EVENT_CHANGED", () => Review(trial, found, Relatedness.Possible, found.Fingerprint));

        var now = Assert.Single((await List(trial)).Events);
        Assert.Equal(now.Fingerprint, fault.Metadata["fingerprint"]);
        Assert.Equal(ReviewState.NotReviewed, now.ReviewState);
    }

    [Fact]
    public async Task Regrade_ReviewedEventChangesAndComesBack_IsReopenedAndReviewedAgain()
    {
        var (trial, found) = await Graded();
        await Review(trial, found, Relatedness.Possible);

        await Amend(trial, "250", version: 2);
        Assert.Equal(ReviewState.Reopened, Assert.Single((await List(trial)).Events).ReviewState);
        await Amend(trial, "130", version: 3);
        Assert.Equal(ReviewState.Reviewed, Assert.Single((await List(trial)).Events).ReviewState);

        Assert.Equal(
            [EventChangeKind.Added, EventChangeKind.Reviewed, EventChangeKind.Changed, EventChangeKind.ReviewReopened, EventChangeKind.Changed, EventChangeKind.Reviewed],
            (await Get(trial, found.EventId)).Changes.Select(change => change.Kind));
    }

    [Fact]
    public async Task Regrade_ReviewedEventVanishes_StaysVisibleWithItsReview()
    {
        var (trial, found) = await Graded();
        await Review(trial, found, Relatedness.Possible);
        await Amend(trial, "30", version: 2);

        Assert.Empty((await List(trial)).Events);
        var gone = Assert.Single((await List(trial, request => request.IncludeRemoved = true)).Events);

        Assert.Equal((found.EventId, true, ReviewState.Reopened, Relatedness.Possible), (gone.EventId, gone.Removed, gone.ReviewState, gone.Review.Relatedness));
        Assert.Equal(found.History, gone.History);
        var shown = await Get(trial, found.EventId);
        Assert.Equal(gone, shown.Event);
        Assert.Equal([EventChangeKind.Removed, EventChangeKind.ReviewReopened], shown.Changes.TakeLast(2).Select(change => change.Kind));
        await Refused.With(StatusCode.FailedPrecondition, "EVENT_REMOVED", () => Review(trial, found, Relatedness.Possible));

        await Amend(trial, "130", version: 3);
        var back = Assert.Single((await List(trial, request => request.IncludeRemoved = true)).Events);
        Assert.Equal((found.EventId, false, ReviewState.Reviewed), (back.EventId, back.Removed, back.ReviewState));
    }

    [Fact]
    public async Task List_ByReviewState_GivesNoOther()
    {
        var (trial, found) = await Graded();
        await trial.Submit(Trial.Potassium("k", "6.5", "2021-03-02"));
        await trial.Grade();
        await Review(trial, found, Relatedness.Possible);

        async Task<IEnumerable<string>> Terms(ReviewState state) =>
            (await List(trial, request => request.ReviewState = state)).Events.Select(listed => listed.Term);

        Assert.Equal(["Hyperkalemia"], await Terms(ReviewState.NotReviewed));
        Assert.Equal([found.Term], await Terms(ReviewState.Reviewed));
        Assert.Empty(await Terms(ReviewState.Reopened));
        await Refused.With(StatusCode.InvalidArgument, "FILTER_UNKNOWN", () => List(trial, request => request.ReviewState = (ReviewState)9));
    }

    [Fact]
    public async Task Review_WrongRequest_SaysEverythingThatIsWrong()
    {
        var (trial, found) = await Graded();

        var fault = await Refused.With(
            StatusCode.InvalidArgument,
            "REVIEW_INVALID",
            trial.Events.ReviewAdverseEventAsync(new ReviewAdverseEventRequest
            {
                StudyId = trial.StudyId,
                Relatedness = (Relatedness)9,
                Serious = (YesNo)7,
                Comment = new string('x', 2001),
            }));
        Assert.Equal(["event_id", "relatedness", "serious", "outcome", "comment"], fault.Fields());
        await Refused.With(StatusCode.NotFound, "EVENT_NOT_FOUND", () => Review(trial, new AdverseEvent { EventId = "AE-none" }, Relatedness.Possible));
        await Refused.With(
            StatusCode.NotFound, "EVENT_NOT_FOUND", async () => await Review((await Graded()).Trial, found, Relatedness.Possible));
        await Refused.With(StatusCode.NotFound, "EVENT_NOT_FOUND", () => Get(trial, "AE-none"));
        await Refused.With(StatusCode.InvalidArgument, "EVENT_MISSING", () => Get(trial, ""));
    }

    private async Task<(Trial Trial, AdverseEvent Event)> Graded()
    {
        var trial = await Trial.Create(server);
        await trial.Register("01");
        await trial.Submit(Trial.Alt("a", "130"));
        await trial.Grade();
        return (trial, Assert.Single((await List(trial)).Events));
    }

    private static async Task Amend(Trial trial, string alt, uint version)
    {
        var result = Trial.Alt("a", alt);
        result.Version = version;
        await trial.Submit(result);
        await trial.Grade();
    }

    private static async Task<AdverseEvent> Review(Trial trial, AdverseEvent found, Relatedness relatedness, string fingerprint = "") =>
        (await trial.Events.ReviewAdverseEventAsync(new ReviewAdverseEventRequest
        {
            StudyId = trial.StudyId,
            EventId = found.EventId,
            ExpectedFingerprint = fingerprint,
            Relatedness = relatedness,
            Serious = YesNo.No,
            Outcome = EventOutcome.Recovering,
            Comment = "looked at",
        })).Event;

    private static async Task<GetAdverseEventResponse> Get(Trial trial, string eventId) =>
        await trial.Events.GetAdverseEventAsync(new GetAdverseEventRequest { StudyId = trial.StudyId, EventId = eventId });

    private static async Task<ListAdverseEventsResponse> List(Trial trial, Action<ListAdverseEventsRequest>? adjust = null)
    {
        var request = new ListAdverseEventsRequest { StudyId = trial.StudyId };
        adjust?.Invoke(request);
        return await trial.Events.ListAdverseEventsAsync(request);
    }
}

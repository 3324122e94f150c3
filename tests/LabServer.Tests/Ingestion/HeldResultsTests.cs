using LabServer.Api.V1;
using LabServer.Tests.Support;

namespace LabServer.Tests.Ingestion;

public sealed class HeldResultsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task ImportSubjects_ResultsWaitForTheSubject_AreReleasedAndGraded()
    {
        var trial = await Trial.Create(server);
        await trial.Submit(Trial.Alt("r1", "30", "2021-02-28"), Trial.Alt("r2", "130", "2021-03-05"), Trial.Alt("r3", "30", subject: "02"));

        var import = await trial.Register("01");
        await trial.Grade();

        Assert.Equal(2, import.ReleasedResults);
        Assert.Equal(["r3"], (await Held(trial)).Select(result => result.Result.SourceResultId));
        var released = (await trial.AllResults()).First(result => result.Result.SourceResultId == "r2");
        Assert.Empty(released.HoldReasons);
        Assert.Equal(130, released.StandardValue);
        var events = await trial.Events.ListAdverseEventsAsync(new ListAdverseEventsRequest { StudyId = trial.StudyId });
        Assert.Equal(["r2"], events.Events.Single().History.Select(point => point.SourceResultId));
    }

    [Theory]
    [InlineData(false, "released before any grading run")]
    [InlineData(true, "released after a run has passed them by")]
    public async Task ImportSubjects_ResultsReleased_ArePendingAndGradedOnceEach(bool passedBy, string what)
    {
        // A run takes up the results of all studies: counted on a server of its own.
        await using var alone = await ServerFixture.Start();
        var trial = await Trial.Create(alone);
        await trial.Submit([.. Trial.ManyAlt("r", 5)]);
        if (passedBy)
        {
            await trial.Grade();
        }

        await trial.Register("01");
        var pending = (await trial.Counts()).Pending;
        var run = await trial.Grade();

        Assert.True((pending, run.Results, run.Series) == (5, 5, 1), $"{what}: {pending} pending, {run}");
        Assert.Equal(0, (await trial.Counts()).Pending);
    }

    [Fact]
    public async Task ImportSubjects_ResultAlsoWaitsForItsUnit_StaysHeldForThatAlone()
    {
        var trial = await Trial.Create(server);
        var result = Trial.Alt("r1", "30");
        result.ReportedUnit = "furlong";
        await trial.Submit(result);
        Assert.Equal([HoldReason.UnknownSubject, HoldReason.UnknownUnit], (await Held(trial)).Single().HoldReasons);

        var import = await trial.Register("01");

        Assert.Equal(0, import.ReleasedResults);
        Assert.Equal([HoldReason.UnknownUnit], (await Held(trial)).Single().HoldReasons);
    }

    [Fact]
    public async Task ListHeldResults_HeldResult_IsKeptAsSent()
    {
        var trial = await Trial.Create(server);
        var sent = Trial.Alt("r1", "<30", "2021-03-02T08:15");
        sent.TestCode = "NOSUCH";
        sent.Visit = "WEEK 2";
        sent.Fasting = Fasting.Yes;
        await trial.Submit(sent);

        var held = (await Held(trial)).Single();

        sent.Version = 1;
        sent.Status = ResultStatus.Final;
        Assert.Equal(sent, held.Result);
        Assert.Equal((trial.StudyId, Trial.Laboratory, ""), (held.StudyId, held.Laboratory, held.TestCode));
        Assert.False(held.HasStandardValue);
    }

    private static async Task<IEnumerable<StoredResult>> Held(Trial trial) =>
        (await trial.Ingestion.ListHeldResultsAsync(new ListHeldResultsRequest { StudyId = trial.StudyId })).Results;
}

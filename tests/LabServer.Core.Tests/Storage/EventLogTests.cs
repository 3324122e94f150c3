using LabServer.Core.Grading;
using LabServer.Core.Tests.Support;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Storage;

public sealed class EventLogTests
{
    [Fact]
    public async Task Grade_FirstTime_LogsEachEventAsAddedWithItsHistory()
    {
        await using var study = await Graded();

        var change = Assert.Single(study.AllChanges());

        Assert.Equal((EventChangeKind.Added, "GRADING", ""), (change.Kind, change.Cause, change.MadeBy));
        Assert.Equal(("01", "2021-03-02", "2021-03-08", 2), (change.Event.SubjectId, change.Event.Onset, change.Event.EndedAt, change.Event.WorstGrade));
        Assert.Equal([("a1", 1), ("a2", 2), ("a3", 1)], change.Event.History.Select(point => (point.SourceResultId, point.Grade)));
        Assert.Equal(Assert.Single(study.AllEvents()).Fingerprint, change.Event.Fingerprint);
    }

    [Fact]
    public async Task Grade_AgainWithNothingNew_LogsNothing()
    {
        await using var study = await Graded();

        Assert.Equal(0, (await study.GradeFully()).Differences);
        await study.Push(Alt("base2", "29", "2021-02-20"));
        await study.Grade();

        Assert.Single(study.AllChanges());
    }

    [Fact]
    public async Task Grade_GradeInsideTheRunChanges_LogsOneChangeThoughOnsetEndAndWorstStay()
    {
        await using var study = await Graded();
        await study.Push(Alt("a3", "130", "2021-03-06", version: 2));

        await study.Grade();

        Assert.Equal([EventChangeKind.Added, EventChangeKind.Changed], study.AllChanges().Select(change => change.Kind));
        var (before, after) = (study.AllChanges()[0].Event, study.AllChanges()[1].Event);
        Assert.Equal((before.EventId, before.Onset, before.EndedAt, before.WorstGrade), (after.EventId, after.Onset, after.EndedAt, after.WorstGrade));
        Assert.Equal([1, 2, 2], after.History.Select(point => point.Grade));
    }

    [Fact]
    public async Task Grade_ResultAmendedWithoutAnotherGrade_LogsNothing()
    {
        await using var study = await Graded();
        await study.Push(Alt("a1", "52", "2021-03-02", version: 2), Alt("a3", "55", "2021-03-06", version: 2));

        await study.Grade();

        Assert.Single(study.AllChanges());
        Assert.Single(study.AllEvents());
    }

    [Fact]
    public async Task Grade_EventVanishesAndComesBack_LogsBothUnderTheSameId()
    {
        await using var study = await Graded();
        await study.Push(Alt("a1", "30", "2021-03-02", version: 2), Alt("a2", "30", "2021-03-04", version: 2), Alt("a3", "30", "2021-03-06", version: 2));
        await study.Grade();
        Assert.Empty(study.AllEvents());
        await study.Push(Alt("a1", "50", "2021-03-02", version: 3), Alt("a2", "130", "2021-03-04", version: 3), Alt("a3", "60", "2021-03-06", version: 3));

        await study.Grade();

        var changes = study.AllChanges();
        Assert.Equal([EventChangeKind.Added, EventChangeKind.Removed, EventChangeKind.Added], changes.Select(change => change.Kind));
        Assert.Single(changes.Select(change => change.Event.EventId).Distinct());
        Assert.Equal([false, true, false], changes.Select(change => change.Event.Removed));
        Assert.Equal([1, 2, 1], changes[1].Event.History.Select(point => point.Grade));
        Assert.Equal(changes[0].Event.Fingerprint, changes[2].Event.Fingerprint);
    }

    [Fact]
    public async Task Read_FromAGradeOn_TellsOfAnEventThatFallsUnderIt()
    {
        await using var study = await Graded();
        await study.Push(Alt("a2", "50", "2021-03-04", version: 2));
        await study.Grade();

        var changes = study.Log.Read(new() { StudyKey = study.Study.StudyKey, MinimumGrade = 2, Take = 10 });

        Assert.Equal([2, 1], changes.Select(change => change.Event.WorstGrade));
        Assert.Empty(study.Log.Read(new() { StudyKey = study.Study.StudyKey, MinimumGrade = 3, Take = 10 }));
        Assert.Empty(study.Log.Read(new() { StudyKey = study.Study.StudyKey, RuleSetId = "ctcae-4.03", Take = 10 }));
    }

    [Fact]
    public async Task Grade_EventFromBeforeThereWereFingerprints_IsFilledInAndNotLogged()
    {
        await using var study = await Graded();
        await study.Execute("UPDATE adverse_event SET fingerprint = ''; DELETE FROM event_change; DELETE FROM alert");

        var counts = await study.GradeFully();

        Assert.Equal(0, counts.Differences);
        Assert.Empty(study.AllChanges());
        Assert.Equal(1, await study.Count("SELECT COUNT(*) FROM adverse_event WHERE fingerprint <> ''"));
    }

    [Fact]
    public async Task Next_EventAdded_Ends()
    {
        await using var study = await Graded();
        var next = study.Log.Next;
        Assert.False(next.IsCompleted);

        await study.Push(Alt("c1", "90", "2021-03-20"));
        await study.Grade();

        await next.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task<TestStudy> Graded()
    {
        var study = await Create();
        await study.Register("01");
        await study.Push(
            Alt("base", "30", "2021-02-28"), Alt("a1", "50", "2021-03-02"), Alt("a2", "130", "2021-03-04"), Alt("a3", "60", "2021-03-06"),
            Alt("a4", "30", "2021-03-08"));
        await study.Grade();
        return study;
    }
}

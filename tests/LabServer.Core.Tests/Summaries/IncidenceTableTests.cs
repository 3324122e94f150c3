using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Summaries;

public sealed class IncidenceTableTests
{
    [Fact]
    public async Task Incidence_SubjectWithTwoEventsOfATerm_CountsOnceAtTheWorstGrade()
    {
        await using var study = await Create();
        await study.Register("01", "A");
        await study.Register("02", "B");
        await study.Register("03", "B");
        await study.Push(
            Alt("a1", "50", "2021-03-02"), Alt("a2", "30", "2021-03-03"), Alt("a3", "210", "2021-03-04"),
            Alt("b1", "60", "2021-03-02", "02"));
        await study.Grade();

        var table = study.Incidence();

        Assert.Equal([("A", 1L), ("B", 2L)], table.Arms.Select(arm => (arm.Arm, arm.Subjects)));
        var term = Assert.Single(table.Terms);
        Assert.Equal([(0, 1, 1), (1, 0, 1)], term.Incidence.Arms.Select(arm => (arm.Grade1, arm.Grade3, arm.Any)));
        Assert.Equal([1, 1], table.Any.Arms.Select(arm => arm.Any));
    }

    [Fact]
    public async Task Incidence_SubjectNeverDosed_IsNotInTheDenominator()
    {
        await using var study = await Create();
        await study.Register("01", "A");
        await study.Register("02", "A", firstDoseAt: "");

        var table = study.Incidence();

        Assert.Equal([("A", 1L), ("B", 0L)], table.Arms.Select(arm => (arm.Arm, arm.Subjects)));
        Assert.Empty(table.Terms);
    }

    [Fact]
    public async Task Incidence_DosedSubjectWithoutArm_IsShownAndNotLeftOut()
    {
        await using var study = await Create();
        await study.Register("01", arm: "");
        await study.Push(Alt("a1", "50", "2021-03-02"));
        await study.Grade();

        var table = study.Incidence();

        Assert.Equal("", table.Arms[^1].Arm);
        Assert.Equal(1, Assert.Single(table.Terms).Incidence.Arms[^1].Any);
    }
}

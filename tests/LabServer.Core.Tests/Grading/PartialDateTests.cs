using LabServer.Core.Access;
using static LabServer.Core.Tests.Support.TestStudy;

namespace LabServer.Core.Tests.Grading;

/// <summary>
/// Partial dates are kept as sent and stand at the start of what they can mean. Against the first dose, one that may be
/// on either side is never the baseline, and counts as after it for events: better shown than missed.
/// </summary>
public sealed class PartialDateTests
{
    [Theory]
    // Collected, first dose; whether it is the baseline, whether it (ALT 70, ULN 40: grade 1) is an event.
    [InlineData("2021-03-09", "2021-03-10", true, false)]
    [InlineData("2021-03-10", "2021-03-10", true, false)]
    [InlineData("2021-03-11", "2021-03-10", false, true)]
    [InlineData("2021-02", "2021-03-10", true, false)]
    [InlineData("2021-03", "2021-03-10", false, true)]
    [InlineData("2021-04", "2021-03-10", false, true)]
    [InlineData("2020", "2021-03-10", true, false)]
    [InlineData("2021", "2021-03-10", false, true)]
    [InlineData("2021-02", "2021-03-01", true, false)]
    [InlineData("2021-03", "2021-03-31", true, false)]
    [InlineData("2021-03", "2021-03-01", false, true)]
    [InlineData("2021-03-10T08", "2021-03-10T09:00", true, false)]
    [InlineData("2021-03-10T10", "2021-03-10T09:00", true, false)]
    [InlineData("2021-03-10T10:00", "2021-03-10T09:00", false, true)]
    [InlineData("2021-02-28", "2021-03", true, false)]
    [InlineData("2021-03-15", "2021-03", false, true)]
    [InlineData("2021-04-01", "2021-03", false, true)]
    [InlineData("2021-03", "2021-03", false, true)]
    public async Task Result_OfAPartialDate_IsBaselineOnlyWhenCertainAndElseAnEvent(string collectedAt, string firstDose, bool isBaseline, bool isEvent)
    {
        await using var study = await Create("UTC", "ctcae-4.03");
        await study.Register("01", firstDoseAt: firstDose);
        await study.Push(Alt("a", "70", collectedAt));

        await study.Grade();

        var row = Assert.Single(study.Adlb.Rows(study.Study, ArmSight.Unblinded, "ctcae-4.03"));
        Assert.Equal((isBaseline, isEvent), (row.IsBaseline, study.AllEvents().Count == 1));
        Assert.Equal(collectedAt.Split('T')[0], row.Date);
        Assert.All(study.AllEvents(), found => Assert.Equal(collectedAt, found.Onset));
    }

    [Theory]
    // Partial dates stand before the dates they may mean.
    [InlineData("2021-03", "2021-03-05", "2021-03 2021-03-05")]
    [InlineData("2021-03-05", "2021", "2021 2021-03-05")]
    [InlineData("2021-03-05T10", "2021-03-05", "2021-03-05 2021-03-05T10")]
    [InlineData("2021-04", "2021-03-31T23:59", "2021-03-31T23:59 2021-04")]
    public async Task Results_OfPartialDates_AreOrderedByTheirStart(string first, string second, string order)
    {
        await using var study = await Create();
        await study.Register("01", firstDoseAt: "2020-12-01");
        await study.Push(Alt("a", "70", first), Alt("b", "80", second));

        await study.Grade();

        var history = Assert.Single(study.AllEvents()).History;
        Assert.Equal(order, string.Join(' ', history.Select(point => point.CollectedAt)));
    }

    [Fact]
    public async Task Result_OfAPartialDateBetweenExactOnes_IsNotTheBaselineAndTheExactOneIs()
    {
        await using var study = await Create("UTC", "ctcae-4.03");
        await study.Register("01", firstDoseAt: "2021-03-10");
        await study.Push(Alt("a", "20", "2021-02-20"), Alt("b", "70", "2021-03"), Alt("c", "25", "2021-03-20"));

        await study.Grade();

        Assert.Equal(["a"], study.Adlb.Rows(study.Study, ArmSight.Unblinded, "ctcae-4.03").Where(row => row.IsBaseline).Select(row => row.SourceResultId));
        Assert.Equal([("2021-03", "2021-03-20")], study.AllEvents().Select(found => (found.Onset, found.EndedAt)));
    }
}

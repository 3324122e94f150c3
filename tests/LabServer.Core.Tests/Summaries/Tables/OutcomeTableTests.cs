using LabServer.Core.Statistics;
using LabServer.Core.Summaries;

namespace LabServer.Core.Tests.Summaries;

public sealed class OutcomeTableTests
{
    [Fact]
    public async Task Of_YesNoResults_CountsEventsUndecidedAndMissing()
    {
        await using var study = await SmallTables.Study(["01", "02", "03", "04"], ["11", "12"]);
        await SmallTables.Bring(
            study, "SYPAIN",
            "01 W1 Y", "02 W1 no", "03 W1 NOT DONE", "11 W1 PRESENT", "12 W1 1",
            "01 W2 not done", "01 W2 N", "11 W2 Y", "11 W2 UNK");

        var table = SmallTables.Outcomes(study, "SYPAIN");

        Assert.Equal(
            [new OutcomeArm("A", 4, 1, 2, 1), new OutcomeArm("B", 2, 1, 1, 1), new OutcomeArm("A", 4, 0, 1, 0), new OutcomeArm("B", 2, 1, 1, 0)],
            table.Visits.SelectMany(visit => visit.Arms));
        Assert.Equal([1, 0, 3, 1], table.Visits.SelectMany(visit => visit.Arms).Select(arm => arm.Missing));

        // Of two results of a visit the one that says something stands for it: NOT DONE and UNK of W2 are not counted.
        Assert.Equal([new UndecidedText("1", 1), new UndecidedText("NOT DONE", 1)], table.Undecided);
        Assert.Equal(["W1"], SmallTables.Outcomes(study, "SYPAIN", "w1").Visits.Select(visit => visit.Visit.Visit));
    }

    [Fact]
    public async Task Of_NoEventAtAll_SaysSo()
    {
        await using var study = await SmallTables.Study(["01"], ["11"]);
        await SmallTables.Bring(study, "CTNORM", "01 W1 ABNORMAL", "11 W1 N");

        var comparison = SmallTables.Outcomes(study, "CTNORM").Visits.Single().Comparison!;

        Assert.Equal(
            (NotComputed.NoEvents, null, NotComputed.NoEvents, null),
            (comparison.OddsRatio.Reason, comparison.OddsRatio.Estimate, comparison.Test.Reason, comparison.Test.P));
    }

    [Fact]
    public async Task Of_OrderedCategories_CountsEachAndWhatIsOfNone()
    {
        await using var study = await SmallTables.Study(["01", "02", "03"], ["11", "12"]);
        await SmallTables.Bring(study, "PAINNRS", "01 W1 0", "02 W1 3", "03 W1 3.5", "11 W1 7", "12 W1 <2");
        await SmallTables.Bring(study, "SEVERITY", "01 W1 severe", "02 W1 Mild", "11 W1 GRAVE", "12 W1 CRITICAL");

        var pain = SmallTables.Categories(study, "PAINNRS");
        var severity = SmallTables.Categories(study, "SEVERITY");

        Assert.Equal([1, 1, 0, 0], pain.Visits.Single().Arms[0].Counts);
        Assert.Equal((2, 1, 0), (pain.Visits[0].Arms[0].N, pain.Visits[0].Arms[0].Undecided, pain.Visits[0].Arms[0].Missing));
        Assert.Equal([0, 0, 0, 1], pain.Visits[0].Arms[1].Counts);
        Assert.Equal([new UndecidedText("3.5", 1), new UndecidedText("<2", 1)], pain.Undecided);
        Assert.Equal([1, 0, 1, 0], severity.Visits.Single().Arms[0].Counts);
        Assert.Equal([new UndecidedText("GRAVE", 1)], severity.Undecided);
    }
}

using System.Globalization;
using LabServer.Core.Statistics;
using LabServer.Core.Summaries;

namespace LabServer.Core.Tests.Summaries;

public sealed class BiomarkerTableTests
{
    private static readonly string[] Results =
    [
        "01 BASELINE 20", "02 BASELINE 40", "11 BASELINE 10",
        "01 W1 25", "02 W1 50", "03 W1 30", "11 W1 <6", "12 W1 >90",
        "01 W2 30", "11 W2 0.2",
        "01 UNSCHEDULED 90",
        "02 W3 44", "12 W3 7",
    ];

    [Theory]
    [InlineData(BiomarkerMeasure.Value, "BASELINE 2/1 30; W1 3/0 30; UNSCHEDULED 1/2 90; W2 1/2 30; W3 1/2 44")]
    [InlineData(BiomarkerMeasure.Change, "W1 2/1 7.5; UNSCHEDULED 1/2 70; W2 1/2 10; W3 1/2 4")]
    [InlineData(BiomarkerMeasure.PercentChange, "W1 2/1 25; UNSCHEDULED 1/2 350; W2 1/2 50; W3 1/2 10")]
    public async Task Of_AMeasure_ShowsVisitsWithAValueAndCountsTheMissing(BiomarkerMeasure measure, string expected)
    {
        await using var study = await SmallTables.Study(["01", "02", "03"], ["11", "12"]);
        await SmallTables.Bring(study, "ALT", Results);

        var table = SmallTables.Biomarkers(study, new BiomarkerOptions { Measure = measure });

        Assert.Equal([new ArmSize("A", 3), new ArmSize("B", 2)], table.Arms);
        Assert.Equal(expected, string.Join("; ", table.Visits.Select(visit =>
            $"{visit.Visit.Visit} {visit.Arms[0].Summary.N}/{visit.Arms[0].Missing} {Text(visit.Arms[0].Summary.Median)}")));
    }

    [Theory]
    [InlineData(BoundHandling.Limit, 2, 0, 0, 6.0, 90.0)]
    [InlineData(BoundHandling.Half, 2, 0, 0, 3.0, 90.0)]
    [InlineData(BoundHandling.Exclude, 0, 0, 2, null, null)]
    public async Task Of_Bounds_CountsThemAndTakesThemAsAsked(BoundHandling bounds, int n, int missing, int excluded, double? min, double? max)
    {
        await using var study = await SmallTables.Study(["01", "02", "03"], ["11", "12"]);
        await SmallTables.Bring(study, "ALT", Results);

        var arm = SmallTables.Biomarkers(study, new BiomarkerOptions { Bounds = bounds, Visit = "w1" }).Visits.Single().Arms[1];

        Assert.Equal((n, missing, excluded, 1, 1), (arm.Summary.N, arm.Missing, arm.Excluded, arm.BelowQuantification, arm.AboveQuantification));
        Assert.Equal((min, max), (arm.Summary.Min, arm.Summary.Max));

        // <6 may be under 5 or not, so nothing is said of it; >90 is over 40.
        Assert.Equal((1, 0, 1), (arm.WithRange, arm.BelowLower, arm.AboveUpper));
    }

    [Fact]
    public async Task Of_CarriedForward_FillsPlannedVisitsAfterTheFirstDoseAlone()
    {
        await using var study = await SmallTables.Study(["01", "02", "03"], ["11", "12"]);
        await SmallTables.Bring(study, "ALT", Results);

        var carried = SmallTables.Biomarkers(study, new BiomarkerOptions { CarryForward = true });
        var fromBaseline = SmallTables.Biomarkers(study, new BiomarkerOptions { CarryForward = true, CarryBaseline = true });

        // W3: 01 has 30 of W2 (which is later than the unscheduled 90), 03 has 30 of W1, 02 its own 44.
        Assert.Equal(["BASELINE 0/2", "W1 0/3", "UNSCHEDULED 0/1", "W2 2/3", "W3 2/3"], Shown(carried, 0));
        Assert.Equal((30.0, 44.0), (carried.Visits[4].Arms[0].Summary.Min, carried.Visits[4].Arms[0].Summary.Max));

        // Nobody of arm A lacks a value from after the dose by W1, so baseline adds nothing there.
        Assert.Equal(Shown(carried, 0), Shown(fromBaseline, 0));
    }

    [Fact]
    public async Task Of_CarriedFromBaseline_StartsOnlyWhereAskedAndHasNoChange()
    {
        await using var study = await SmallTables.Study(["01"], ["11"]);
        await SmallTables.Bring(study, "ALT", "01 BASELINE 20", "01 W1 25", "11 BASELINE 10", "11 W2 12");

        var change = new BiomarkerOptions { Measure = BiomarkerMeasure.Change, CarryForward = true };

        Assert.Equal(["W1 0/0", "W2 0/1"], Shown(SmallTables.Biomarkers(study, change), 1));
        Assert.Equal(["W1 1/1", "W2 0/1"], Shown(SmallTables.Biomarkers(study, change with { CarryBaseline = true }), 1));
        Assert.Equal(0, SmallTables.Biomarkers(study, change with { CarryBaseline = true }).Visits[0].Arms[1].Summary.Mean);
    }

    [Fact]
    public async Task Of_TwoArms_ComparesTheFirstWithTheSecond()
    {
        await using var study = await SmallTables.Study(["01", "02", "03"], ["11", "12"]);
        await SmallTables.Bring(study, "ALT", Results);

        var comparison = SmallTables.Biomarkers(study, new BiomarkerOptions { Visit = "W1" }, "B", "A").Visits.Single().Comparison!;

        var (a, b) = (Sample.Of([6, 90]), Sample.Of([25, 50, 30]));
        Assert.Equal(BiomarkerComparison.Of("B", a, "A", b), comparison);
        Assert.Equal(HodgesLehmann.Of(a, b).Estimate, comparison.HodgesLehmann.Estimate);
        Assert.Null(SmallTables.Biomarkers(study, new BiomarkerOptions { Visit = "W1" }, "A").Visits.Single().Comparison);
    }

    [Fact]
    public async Task Of_AnArmWithoutValues_SaysWhyAndNeverNaN()
    {
        await using var study = await SmallTables.Study(["01"], ["11"]);
        await SmallTables.Bring(study, "ALT", "01 W1 25");

        var visit = SmallTables.Biomarkers(study, new BiomarkerOptions()).Visits.Single();

        Assert.Equal(NotComputed.NoValues, visit.Arms[1].Summary.Reason);
        Assert.Equal((null, NotComputed.ArmEmpty), (visit.Comparison!.Pooled.P, visit.Comparison.RankSum.Reason));
    }

    private static IEnumerable<string> Shown(BiomarkerTable table, int arm) =>
        table.Visits.Select(visit => $"{visit.Visit.Visit} {visit.Arms[arm].Carried}/{visit.Arms[arm].Summary.N}");

    private static string Text(double? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}

using System.Text.Json.Nodes;
using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary>The summary of a biomarker as JSON. Scripts rely on its shape: fields are added, never changed.</summary>
internal static class BiomarkerJson
{
    /// <summary>The document.</summary>
    public static JsonObject Of(SummarizeBiomarkersResponse summary) => TestTableJson.Complete(
        new JsonObject
        {
            ["study"] = summary.StudyId,
            ["test"] = summary.Test,
            ["measure"] = Measure(summary.Measure),
            ["visits"] = Visits(summary.Visits),
            ["testName"] = summary.TestName,
            ["unit"] = summary.Unit,
            ["bounds"] = Enums.Lower(summary.Bounds),
        },
        summary.ResultsWithoutVisit, summary.SubjectsNotDosed, summary.Pending,
        summary.Strata.Select(row => (row.Stratum, Visits(row.Visits))));

    /// <summary>A measure as the command line spells it.</summary>
    public static string Measure(BiomarkerMeasure measure) => Enums.Lower(measure).Replace('_', '-');

    private static JsonArray Visits(IEnumerable<BiomarkerVisit> visits) => new([.. visits.Select(visit => TestTableJson.Visit(
        visit.Visit, visit.VisitNumber, visit.Arms.Select(Arm), visit.Comparison is { } comparison ? Comparison(comparison) : null))]);

    private static JsonObject Arm(BiomarkerArm arm) => StatisticText.WithReason(
        new JsonObject
        {
            ["arm"] = arm.Arm,
            ["n"] = arm.N,
            ["missing"] = arm.Missing,
            ["mean"] = StatisticText.Json(arm.HasMean, arm.Mean),
            ["sd"] = StatisticText.Json(arm.HasSd, arm.Sd),
            ["median"] = StatisticText.Json(arm.HasMedian, arm.Median),
            ["q1"] = StatisticText.Json(arm.HasQ1, arm.Q1),
            ["q3"] = StatisticText.Json(arm.HasQ3, arm.Q3),
            ["min"] = StatisticText.Json(arm.HasMin, arm.Min),
            ["max"] = StatisticText.Json(arm.HasMax, arm.Max),
            ["subjects"] = arm.Subjects,
            ["belowQuantification"] = arm.BelowQuantification,
            ["aboveQuantification"] = arm.AboveQuantification,
            ["excluded"] = arm.Excluded,
            ["carried"] = arm.Carried,
            ["withRange"] = arm.WithRange,
            ["belowLower"] = arm.BelowLower,
            ["aboveUpper"] = arm.AboveUpper,
        },
        arm.Reason);

    private static JsonObject Comparison(BiomarkerComparison comparison) => new()
    {
        ["arms"] = new JsonArray(comparison.ArmA, comparison.ArmB),
        ["tPooled"] = Test(comparison.TPooled),
        ["tWelch"] = Test(comparison.TWelch),
        ["rankSum"] = StatisticText.WithReason(
            new JsonObject
            {
                ["w"] = StatisticText.Json(comparison.RankSum.HasW, comparison.RankSum.W),
                ["p"] = StatisticText.Json(comparison.RankSum.HasP, comparison.RankSum.P),
                ["exact"] = comparison.RankSum.Exact,
            },
            comparison.RankSum.Reason),
        ["hodgesLehmann"] = Estimate(comparison.HodgesLehmann),
    };

    private static JsonObject Estimate(BiomarkerShift found) => TestTableJson.Estimate(
        (found.HasEstimate, found.Estimate), (found.HasLow, found.Low), (found.HasHigh, found.High), found.Reason);

    private static JsonObject Test(BiomarkerTTest test) => StatisticText.WithReason(
        new JsonObject
        {
            ["p"] = StatisticText.Json(test.HasP, test.P),
            ["t"] = StatisticText.Json(test.HasT, test.T),
            ["df"] = StatisticText.Json(test.HasDf, test.Df),
            ["difference"] = StatisticText.Json(test.HasDifference, test.Difference),
            ["low"] = StatisticText.Json(test.HasLow, test.Low),
            ["high"] = StatisticText.Json(test.HasHigh, test.High),
        },
        test.Reason);
}

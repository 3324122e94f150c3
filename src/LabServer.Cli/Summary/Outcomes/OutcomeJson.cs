using System.Text.Json.Nodes;
using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary>The summary of a yes/no outcome as JSON. Scripts rely on its shape: fields are added, never changed.</summary>
internal static class OutcomeJson
{
    /// <summary>The document.</summary>
    public static JsonObject Of(SummarizeOutcomesResponse summary) => TestTableJson.Complete(
        new JsonObject
        {
            ["study"] = summary.StudyId,
            ["test"] = summary.Test,
            ["visits"] = Visits(summary.Visits),
            ["testName"] = summary.TestName,
            ["undecided"] = Undecided(summary.Undecided),
        },
        summary.ResultsWithoutVisit, summary.SubjectsNotDosed, summary.Pending,
        summary.Strata.Select(row => (row.Stratum, Visits(row.Visits))));

    /// <summary>Values that decide nothing.</summary>
    public static JsonArray Undecided(IEnumerable<UndecidedText> texts) =>
        new([.. texts.Select(row => new JsonObject { ["text"] = row.Text, ["records"] = row.Records })]);

    private static JsonArray Visits(IEnumerable<OutcomeVisit> visits) => new([.. visits.Select(visit => TestTableJson.Visit(
        visit.Visit, visit.VisitNumber, visit.Arms.Select(Arm), visit.Comparison is { } comparison ? Comparison(comparison) : null))]);

    private static JsonObject Arm(OutcomeArm arm) => new()
    {
        ["arm"] = arm.Arm,
        ["events"] = arm.Events,
        ["n"] = arm.N,
        ["percent"] = StatisticText.Json(arm.N > 0, 100.0 * arm.Events / arm.N),
        ["subjects"] = arm.Subjects,
        ["undecided"] = arm.Undecided,
        ["missing"] = arm.Missing,
    };

    private static JsonObject Comparison(OutcomeComparison comparison) => new()
    {
        ["arms"] = new JsonArray(comparison.ArmA, comparison.ArmB),
        ["oddsRatio"] = StatisticText.WithReason(
            new JsonObject
            {
                ["estimate"] = StatisticText.Json(comparison.OddsRatio.HasEstimate, comparison.OddsRatio.Estimate),
                ["low"] = StatisticText.Json(comparison.OddsRatio.HasLow, comparison.OddsRatio.Low),
                ["high"] = comparison.OddsRatio.Unbounded ? "inf" : StatisticText.Json(comparison.OddsRatio.HasHigh, comparison.OddsRatio.High),
                ["method"] = comparison.OddsRatio.Method,
                ["p"] = StatisticText.Json(comparison.OddsRatio.HasP, comparison.OddsRatio.P),
            },
            comparison.OddsRatio.Reason),
        ["test"] = StatisticText.WithReason(
            new JsonObject
            {
                ["name"] = comparison.Test.Name,
                ["p"] = StatisticText.Json(comparison.Test.HasP, comparison.Test.P),
                ["statistic"] = StatisticText.Json(comparison.Test.HasStatistic, comparison.Test.Statistic),
            },
            comparison.Test.Reason),
        ["riskDifference"] = Estimate(comparison.RiskDifference),
    };

    private static JsonObject Estimate(OutcomeRiskDifference found) => TestTableJson.Estimate(
        (found.HasEstimate, found.Estimate), (found.HasLow, found.Low), (found.HasHigh, found.High), found.Reason);
}

using System.Text.Json.Nodes;
using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary>The summary of a yes/no outcome as JSON. Scripts rely on its shape: fields are added, never changed.</summary>
internal static class OutcomeJson
{
    /// <summary>The document.</summary>
    public static JsonObject Of(SummarizeOutcomesResponse summary)
    {
        var json = new JsonObject
        {
            ["study"] = summary.StudyId,
            ["test"] = summary.Test,
            ["visits"] = Visits(summary.Visits),
            ["testName"] = summary.TestName,
            ["undecided"] = Undecided(summary.Undecided),
            ["resultsWithoutVisit"] = summary.ResultsWithoutVisit,
            ["subjectsNotDosed"] = summary.SubjectsNotDosed,
            ["pending"] = summary.Pending,
        };
        if (summary.Strata.Count > 0)
        {
            json["strata"] = new JsonArray(
                [.. summary.Strata.Select(row => new JsonObject { ["stratum"] = row.Stratum, ["visits"] = Visits(row.Visits) })]);
        }

        return json;
    }

    /// <summary>Values that decide nothing.</summary>
    public static JsonArray Undecided(IEnumerable<UndecidedText> texts) =>
        new([.. texts.Select(row => new JsonObject { ["text"] = row.Text, ["records"] = row.Records })]);

    private static JsonArray Visits(IEnumerable<OutcomeVisit> visits) => new([.. visits.Select(visit =>
    {
        var json = new JsonObject
        {
            ["visit"] = visit.Visit,
            ["arms"] = new JsonArray([.. visit.Arms.Select(arm => new JsonObject
            {
                ["arm"] = arm.Arm,
                ["events"] = arm.Events,
                ["n"] = arm.N,
                ["percent"] = StatisticText.Json(arm.N > 0, 100.0 * arm.Events / arm.N),
                ["subjects"] = arm.Subjects,
                ["undecided"] = arm.Undecided,
                ["missing"] = arm.Missing,
            })]),
        };
        if (visit.Comparison is { } comparison)
        {
            json["comparison"] = Comparison(comparison);
        }

        json["visitNumber"] = visit.VisitNumber;
        return json;
    })]);

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
        ["riskDifference"] = StatisticText.WithReason(
            new JsonObject
            {
                ["estimate"] = StatisticText.Json(comparison.RiskDifference.HasEstimate, comparison.RiskDifference.Estimate),
                ["low"] = StatisticText.Json(comparison.RiskDifference.HasLow, comparison.RiskDifference.Low),
                ["high"] = StatisticText.Json(comparison.RiskDifference.HasHigh, comparison.RiskDifference.High),
            },
            comparison.RiskDifference.Reason),
    };
}

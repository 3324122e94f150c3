using System.Text.Json.Nodes;
using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary>The summary of an ordered outcome as JSON. Scripts rely on its shape: fields are added, never changed.</summary>
internal static class CategoryJson
{
    /// <summary>The document.</summary>
    public static JsonObject Of(SummarizeCategoriesResponse summary) => TestTableJson.Complete(
        new JsonObject
        {
            ["study"] = summary.StudyId,
            ["test"] = summary.Test,
            ["categories"] = new JsonArray([.. summary.Categories.Select(name => JsonValue.Create(name))]),
            ["visits"] = Visits(summary.Categories, summary.Visits),
            ["testName"] = summary.TestName,
            ["undecided"] = OutcomeJson.Undecided(summary.Undecided),
        },
        summary.ResultsWithoutVisit, summary.SubjectsNotDosed, summary.Pending,
        summary.Strata.Select(row => (row.Stratum, Visits(summary.Categories, row.Visits))));

    private static JsonArray Visits(IReadOnlyList<string> categories, IEnumerable<CategoryVisit> visits) => new([.. visits.Select(
        visit => TestTableJson.Visit(
            visit.Visit, visit.VisitNumber, visit.Arms.Select(arm => Arm(categories, arm)),
            visit.Comparison is { } comparison ? Comparison(comparison) : null))]);

    private static JsonObject Arm(IReadOnlyList<string> categories, CategoryArm arm) => new()
    {
        ["arm"] = arm.Arm,
        ["n"] = arm.N,
        ["counts"] = new JsonArray([.. categories.Zip(arm.Counts, (name, count) => new JsonObject { ["category"] = name, ["n"] = count })]),
        ["subjects"] = arm.Subjects,
        ["undecided"] = arm.Undecided,
        ["missing"] = arm.Missing,
    };

    private static JsonObject Comparison(CategoryComparison comparison) => new()
    {
        ["arms"] = new JsonArray(comparison.ArmA, comparison.ArmB),
        ["proportionalOdds"] = StatisticText.WithReason(
            new JsonObject
            {
                ["estimate"] = StatisticText.Json(comparison.HasOddsRatio, comparison.OddsRatio),
                ["low"] = StatisticText.Json(comparison.HasLow, comparison.Low),
                ["high"] = StatisticText.Json(comparison.HasHigh, comparison.High),
                ["p"] = StatisticText.Json(comparison.HasP, comparison.P),
            },
            comparison.Reason),
    };
}

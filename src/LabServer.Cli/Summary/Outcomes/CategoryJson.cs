using System.Text.Json.Nodes;
using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary>The summary of an ordered outcome as JSON. Scripts rely on its shape: fields are added, never changed.</summary>
internal static class CategoryJson
{
    /// <summary>The document.</summary>
    public static JsonObject Of(SummarizeCategoriesResponse summary)
    {
        var json = new JsonObject
        {
            ["study"] = summary.StudyId,
            ["test"] = summary.Test,
            ["categories"] = new JsonArray([.. summary.Categories.Select(name => JsonValue.Create(name))]),
            ["visits"] = Visits(summary.Categories, summary.Visits),
            ["testName"] = summary.TestName,
            ["undecided"] = OutcomeJson.Undecided(summary.Undecided),
            ["resultsWithoutVisit"] = summary.ResultsWithoutVisit,
            ["subjectsNotDosed"] = summary.SubjectsNotDosed,
            ["pending"] = summary.Pending,
        };
        if (summary.Strata.Count > 0)
        {
            json["strata"] = new JsonArray([.. summary.Strata.Select(row => new JsonObject
            {
                ["stratum"] = row.Stratum,
                ["visits"] = Visits(summary.Categories, row.Visits),
            })]);
        }

        return json;
    }

    private static JsonArray Visits(IEnumerable<string> categories, IEnumerable<CategoryVisit> visits) => new([.. visits.Select(visit =>
    {
        var json = new JsonObject
        {
            ["visit"] = visit.Visit,
            ["arms"] = new JsonArray([.. visit.Arms.Select(arm => new JsonObject
            {
                ["arm"] = arm.Arm,
                ["n"] = arm.N,
                ["counts"] = new JsonArray([.. categories.Zip(arm.Counts, (name, count) => new JsonObject { ["category"] = name, ["n"] = count })]),
                ["subjects"] = arm.Subjects,
                ["undecided"] = arm.Undecided,
                ["missing"] = arm.Missing,
            })]),
        };
        if (visit.Comparison is { } comparison)
        {
            json["comparison"] = new JsonObject
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

        json["visitNumber"] = visit.VisitNumber;
        return json;
    })]);
}

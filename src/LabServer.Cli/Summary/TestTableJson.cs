using System.Text.Json.Nodes;

namespace LabServer.Cli.Summary;

/// <summary>What the summaries of one test have in common as JSON.</summary>
internal static class TestTableJson
{
    /// <summary>A document with what its table leaves out, and with its strata where it is split.</summary>
    public static JsonObject Complete(
        JsonObject json, long withoutVisit, int notDosed, long pending, IEnumerable<(string Stratum, JsonArray Visits)> strata)
    {
        json["resultsWithoutVisit"] = withoutVisit;
        json["subjectsNotDosed"] = notDosed;
        json["pending"] = pending;
        var split = new JsonArray([.. strata.Select(row => new JsonObject { ["stratum"] = row.Stratum, ["visits"] = row.Visits })]);
        if (split.Count > 0)
        {
            json["strata"] = split;
        }

        return json;
    }

    /// <summary>A visit with its arms, and their comparison where there is one.</summary>
    public static JsonObject Visit(string name, string number, IEnumerable<JsonObject> arms, JsonObject? comparison)
    {
        var json = new JsonObject { ["visit"] = name, ["arms"] = new JsonArray([.. arms]) };
        if (comparison is not null)
        {
            json["comparison"] = comparison;
        }

        json["visitNumber"] = number;
        return json;
    }

    /// <summary>An estimate with its 95 % interval, and why there is none.</summary>
    public static JsonObject Estimate((bool Has, double Value) estimate, (bool Has, double Value) low, (bool Has, double Value) high, string reason) =>
        StatisticText.WithReason(
            new JsonObject
            {
                ["estimate"] = StatisticText.Json(estimate.Has, estimate.Value),
                ["low"] = StatisticText.Json(low.Has, low.Value),
                ["high"] = StatisticText.Json(high.Has, high.Value),
            },
            reason);
}

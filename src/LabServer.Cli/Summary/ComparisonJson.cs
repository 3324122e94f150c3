using System.Text.Json.Nodes;
using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary>Two arms compared, as JSON. A number that was not computed is null with its reason.</summary>
internal static class ComparisonJson
{
    /// <summary>The object.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="arms">First arm, second arm.</param>
    public static JsonObject Of(IncidenceComparison comparison, IEnumerable<string> arms)
    {
        var ratio = Interval(comparison.OddsRatioInterval);
        ratio.Insert(0, "estimate", comparison.HasOddsRatio ? comparison.OddsRatio : null);
        ratio["method"] = Text(comparison.OddsRatioMethod);
        ratio["reason"] = Text(comparison.OddsRatioReason);
        return new JsonObject
        {
            ["arms"] = new JsonArray([.. arms.Select(arm => (JsonNode)arm)]),
            ["riskDifference"] = new JsonObject
            {
                ["estimate"] = comparison.HasRiskDifference ? comparison.RiskDifference : null,
                ["newcombe"] = comparison.Newcombe is { } newcombe ? Interval(newcombe) : null,
                ["wald"] = comparison.Wald is { } wald ? Interval(wald) : null,
                ["reason"] = Text(comparison.RiskDifferenceReason),
            },
            ["oddsRatio"] = ratio,
            ["test"] = new JsonObject
            {
                ["name"] = Text(comparison.Test),
                ["p"] = comparison.HasP ? comparison.P : null,
                ["reason"] = Text(comparison.TestReason),
            },
        };
    }

    private static JsonObject Interval(IncidenceInterval? interval) => new()
    {
        ["low"] = interval?.Low,
        ["high"] = interval is { HasHigh: true } ? interval.High : null,
        ["unbounded"] = interval?.Unbounded ?? false,
    };

    private static string? Text(string word) => word.Length == 0 ? null : word;
}

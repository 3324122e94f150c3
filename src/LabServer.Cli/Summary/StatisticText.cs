using System.Globalization;
using System.Text.Json.Nodes;

namespace LabServer.Cli.Summary;

/// <summary>Spells statistics: exactly for programs, as papers print them for people. What was not computed is empty or null.</summary>
internal static class StatisticText
{
    /// <summary>A number for people: four significant digits, all those before the point.</summary>
    public static string Number(double? value) => value is { } number
        ? Math.Abs(number) >= 1000 ? number.ToString("0", CultureInfo.InvariantCulture) : double.Parse(number.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).ToString("0.############", CultureInfo.InvariantCulture)
        : "";

    /// <summary>A p value for people: three decimals.</summary>
    public static string P(double? p) => p is { } number ? number < 0.001 ? "<0.001" : number.ToString("0.000", CultureInfo.InvariantCulture) : "";

    /// <summary>A ratio or difference with its interval, for people.</summary>
    public static string WithInterval(double? estimate, double? low, double? high, bool unbounded, Func<double?, string> text) =>
        estimate is null ? "" : low is null ? text(estimate) : $"{text(estimate)} ({text(low)}, {(unbounded ? "inf" : text(high))})";

    /// <summary>Two decimals, for people.</summary>
    public static string Ratio(double? value) => value is { } number ? number.ToString("0.00", CultureInfo.InvariantCulture) : "";

    /// <summary>n (%) for people.</summary>
    public static string Share(int part, int whole) => part == 0 || whole == 0
        ? $"{part.ToString(CultureInfo.InvariantCulture)}/{whole.ToString(CultureInfo.InvariantCulture)}"
        : string.Create(CultureInfo.InvariantCulture, $"{part}/{whole} ({100m * part / whole:0.0})");

    /// <summary>A number or null, for JSON.</summary>
    public static JsonNode? Json(bool isSet, double value) => isSet ? JsonValue.Create(value) : null;

    /// <summary>A number, or null where it is not set.</summary>
    public static double? Or(bool isSet, double value) => isSet ? value : null;

    /// <summary>Adds <c>reason</c> where there is one.</summary>
    public static JsonObject WithReason(JsonObject json, string reason)
    {
        if (reason.Length > 0)
        {
            json["reason"] = reason;
        }

        return json;
    }
}

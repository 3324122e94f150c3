using System.Globalization;
using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary>Two arms compared, for people.</summary>
internal static class ComparisonText
{
    /// <summary>Risk difference in percentage points with Newcombe's interval.</summary>
    public static string RiskDifference(IncidenceComparison? comparison) => comparison is { HasRiskDifference: true, Newcombe: { } interval }
        ? Text($"{100 * comparison.RiskDifference:0.0} ({100 * interval.Low:0.0} to {100 * interval.High:0.0})")
        : "";

    /// <summary>Odds ratio with its interval.</summary>
    public static string OddsRatio(IncidenceComparison? comparison)
    {
        if (comparison is not { HasOddsRatio: true, OddsRatioInterval: { } interval })
        {
            return "";
        }

        var high = interval.Unbounded ? "inf" : Text($"{interval.High:0.00}");
        var exact = comparison.OddsRatioMethod == "exact logistic" ? ", exact" : "";
        return Text($"{comparison.OddsRatio:0.00} ({interval.Low:0.00} to {high}{exact})");
    }

    /// <summary>p with its test.</summary>
    public static string P(IncidenceComparison? comparison)
    {
        if (comparison is not { HasP: true })
        {
            return "";
        }

        var p = comparison.P < 0.001 ? "<0.001" : Text($"{comparison.P:0.000}");
        return $"{p} ({(comparison.Test == "fisher" ? "Fisher" : "chi-square")})";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

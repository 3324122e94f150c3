using LabServer.Api.V1;

namespace LabServer.Cli.Summary;

/// <summary>Words of shift tables in CSV and JSON.</summary>
internal static class ShiftWords
{
    /// <summary><c>grade</c> or <c>indicator</c>.</summary>
    public static string By(ShiftBy by) => by == ShiftBy.Indicator ? "indicator" : "grade";

    /// <summary><c>LOW</c>, <c>HIGH</c> or empty.</summary>
    public static string Direction(ToxicityDirection direction) => direction switch
    {
        ToxicityDirection.Low => "LOW",
        ToxicityDirection.High => "HIGH",
        _ => "",
    };
}

using System.CommandLine;
using LabServer.Api.V1;

namespace LabServer.Cli.Reports;

/// <summary>Arguments and options that the commands on one report share.</summary>
internal static class ReportOptions
{
    private const string Latest = "latest";

    /// <summary>ID.</summary>
    public static Argument<string> Id() => new("ID")
    {
        Description = "Id of the report, or latest.",
        DefaultValueFactory = _ => Latest,
    };

    /// <summary>--edition.</summary>
    public static Option<ReportEdition> Edition() => new("--edition")
    {
        Description = "blinded (default: arms pooled) or by-arm.",
        HelpName = "blinded|by-arm",
        DefaultValueFactory = _ => ReportEdition.Blinded,
        CustomParser = result =>
        {
            switch (result.Tokens[^1].Value.ToUpperInvariant())
            {
                case "BLINDED": return ReportEdition.Blinded;
                case "BY-ARM": return ReportEdition.ByArm;
                default:
                    result.AddError($"--edition: {result.Tokens[^1].Value} is neither blinded nor by-arm.");
                    return default;
            }
        },
    };

    /// <summary>The id as the server reads it: empty for the newest one.</summary>
    public static string Read(string id) => id.Equals(Latest, StringComparison.OrdinalIgnoreCase) ? "" : id;
}

using System.CommandLine;

namespace LabServer.Cli.Ranges;

/// <summary>Options that several commands on ranges share.</summary>
internal static class RangeOptions
{
    /// <summary>--laboratory of the commands that change something.</summary>
    public static Option<string> Laboratory() =>
        new("--laboratory") { Description = "Laboratory, as it sends its results.", HelpName = "L", Required = true };

    /// <summary>--laboratory of the listings.</summary>
    public static Option<string?> AnyLaboratory() => new("--laboratory") { Description = "Of this laboratory only. Default: of all.", HelpName = "L" };

    /// <summary>--version, from 0.</summary>
    public static Option<int?> Version(string description, bool required)
    {
        var version = new Option<int?>("--version") { Description = description, HelpName = "N", Required = required };
        Limits.AtLeast(version, 0);
        return version;
    }
}

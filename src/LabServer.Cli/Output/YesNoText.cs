using LabServer.Api.V1;

namespace LabServer.Cli.Output;

/// <summary>Facts that may be unknown, as a file to import has them and as a record shows them.</summary>
internal static class YesNoText
{
    /// <summary><c>Y</c>, <c>N</c> or empty.</summary>
    public static string Letter(YesNo fact) => fact switch { YesNo.Yes => "Y", YesNo.No => "N", _ => "" };

    /// <summary><c>yes</c>, <c>no</c> or <c>unknown</c>.</summary>
    public static string Word(YesNo fact) => fact switch { YesNo.Yes => "yes", YesNo.No => "no", _ => "unknown" };

    /// <summary>The fact that a text of a file means; null: it means none.</summary>
    public static YesNo? Read(string text) => text.Trim().ToUpperInvariant() switch
    {
        "" => YesNo.Unspecified,
        "Y" or "YES" => YesNo.Yes,
        "N" or "NO" => YesNo.No,
        _ => null,
    };
}

using System.Text;

namespace LabServer.Cli;

/// <summary>Spells values of the wire's enumerations as the wire does, without their prefix: <c>UNKNOWN_UNIT</c>.</summary>
internal static class Enums
{
    /// <summary>The value in upper snake case; empty for the unset value.</summary>
    public static string Text<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        if (name == "Unspecified")
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToUpperInvariant(letter));
        }

        return text.ToString();
    }

    /// <summary>The value in lower case words; empty for the unset value.</summary>
    public static string Lower<T>(T value) where T : struct, Enum => Text(value).ToLowerInvariant();
}

using System.Globalization;

namespace LabServer.Core.Charts;

/// <summary>Numbers and labels as charts show them.</summary>
internal static class ChartText
{
    // An average letter of a sans-serif face, in parts of the font size; wide enough that nothing is cut.
    private const double LetterWidth = 0.58;

    /// <summary>Up to four significant digits, without an exponent.</summary>
    public static string Number(double value)
    {
        var rounded = value == 0 ? 0 : Math.Round(value, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 10));
        return rounded.ToString("#,0.##########", CultureInfo.InvariantCulture);
    }

    /// <summary>About how wide a text is.</summary>
    public static double Width(string text, double size = 12) => text.Length * size * LetterWidth;

    /// <summary>The text, or its start and an ellipsis.</summary>
    public static string Shorten(string text, int letters) => text.Length <= letters ? text : string.Concat(text.EnumerateRunes().Take(letters - 1)) + "…";

    /// <summary>The text in lines of at most <paramref name="letters"/>, broken between words, and within a longer word.</summary>
    public static IReadOnlyList<string> Wrap(string text, int letters)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word, letters)))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= letters)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines.Count == 0 ? [""] : lines;
    }

    // Letters and not halves of them: a text may hold any sign there is.
    private static IEnumerable<string> Pieces(string word, int letters) =>
        word.Length <= letters ? [word] : word.EnumerateRunes().Chunk(letters).Select(piece => string.Concat(piece));
}

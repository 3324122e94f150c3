using System.Globalization;

namespace LabServer.Core;

/// <summary>
/// Keeps spreadsheets from running a cell of a CSV file as a formula. A cell is dangerous when its first character,
/// blanks and quotes aside, is <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c> or the full-width form of one, or when it begins
/// with a tab or a line break. It then gets an apostrophe before it. A plain number stays, and so does a cell of nothing
/// but <c>+</c> and <c>-</c> (a urine strip's <c>++</c>), since neither can do anything.
/// </summary>
/// <remarks>
/// The apostrophe stays in the file for who reads it, and nothing here takes it off again: whether a leading apostrophe is
/// the sender's cannot be told from a file. Dataset-JSON has every text as it is.
/// </remarks>
public static class SpreadsheetText
{
    /// <summary>The cell as it may stand in a CSV file.</summary>
    public static string Neutral(string cell) => IsDangerous(cell) ? "'" + cell : cell;

    private static bool IsDangerous(ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty || char.IsAsciiLetterOrDigit(cell[0]))
        {
            return false;
        }

        if (cell[0] is '\t' or '\r' or '\n')
        {
            return true;
        }

        var rest = cell;
        while (!rest.IsEmpty && IsSkipped(rest[0]))
        {
            rest = rest[1..];
        }

        return !rest.IsEmpty && IsTrigger(rest[0]) && !IsHarmless(cell);
    }

    // Spreadsheets trim blanks, and some take the quotes off a cell that was quoted twice. Format characters, a byte order
    // mark among them, are not even seen.
    private static bool IsSkipped(char c) =>
        char.IsWhiteSpace(c) || c is '"' or '\'' or '`' or '´' or '＂' or '＇'
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation;

    // ASCII, full-width, and the small forms of = + - @; the minus sign proper is read as one by some.
    private static bool IsTrigger(char c) => c is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '﹦' or '﹢' or '﹣' or '﹫' or '−';

    private static bool IsHarmless(ReadOnlySpan<char> cell) => !cell.ContainsAnyExcept('+', '-') || IsNumber(cell);

    private static bool IsNumber(ReadOnlySpan<char> cell) =>
        double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _)
        && cell.ContainsAnyInRange('0', '9');
}

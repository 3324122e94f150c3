using System.Collections.Frozen;

namespace LabServer.Core.Ingestion;

/// <summary>
/// What unit texts mean, from UCUM codes and everyday synonyms. Knows names only: whether a test can be reported in a
/// unit, and with what factor, is <see cref="TestDefinition.FindUnit"/>.
/// </summary>
/// <remarks>
/// Surrounding blanks are ignored; a known spelling is taken as it is, so that <c>g/L</c> is gram and <c>G/L</c> is
/// giga per litre. Any other text is looked up with case, blanks within, the two micro signs, <c>×</c> and superscript
/// digits made alike, unless two units differ only by that. An upper-case M or P as prefix in a text of mixed case is not
/// taken for milli or pico (<c>Mg/L</c> would be a megagram); a text all in upper case is (<c>MG/L</c>), as in UCUM's own
/// case-insensitive variant.
/// </remarks>
public static class UnitNames
{
    private const int MaxLength = 64;

    private static readonly UnitNameTable Table = UnitNameTableReader.ReadEmbedded();
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Exact = Table.Exact.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenDictionary<string, UnitNameTable.FoldedName>.AlternateLookup<ReadOnlySpan<char>> Folded = Table.Folded.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Absent = Table.Absent.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// The UCUM code a reported unit means, <c>1</c> for the unity (<c>FRACTION</c>, <c>NO UNITS</c>). Null when the
    /// text is missing or not known.
    /// </summary>
    public static string? Canonical(string? reported)
    {
        var text = reported.AsSpan().Trim();
        if (text.IsEmpty || text.Length > MaxLength)
        {
            return null;
        }

        if (Exact.TryGetValue(text, out var code))
        {
            return code;
        }

        Span<char> folded = stackalloc char[MaxLength];
        var length = UnitNameTable.Fold(text, folded);
        return Folded.TryGetValue(folded[..length], out var name) && (IsOneCase(text) || SamePrefixCase(text, name.Spelling)) ? name.Code : null;
    }

    /// <summary>Whether a reported unit says that there is none: missing, blank, or words such as <c>NO UNITS</c>.</summary>
    public static bool IsAbsent(string? reported)
    {
        var text = reported.AsSpan().Trim();
        return text.IsEmpty || Absent.Contains(text);
    }

    private static bool IsOneCase(ReadOnlySpan<char> text)
    {
        var upper = false;
        var lower = false;
        foreach (var c in text)
        {
            upper |= char.IsAsciiLetterUpper(c);
            lower |= char.IsAsciiLetterLower(c);
        }

        return !(upper && lower);
    }

    // Milli against mega and pico against peta are the prefixes whose case carries the meaning. A prefix stands at the
    // start and behind each solidus; folding drops blanks but keeps every solidus, so both have the same parts.
    private static bool SamePrefixCase(ReadOnlySpan<char> text, ReadOnlySpan<char> spelling)
    {
        while (true)
        {
            text = text.TrimStart();
            spelling = spelling.TrimStart();
            if (!text.IsEmpty && text[0] is 'm' or 'M' or 'p' or 'P' && (spelling.IsEmpty || spelling[0] != text[0]))
            {
                return false;
            }

            var next = text.IndexOf('/');
            if (next < 0)
            {
                return true;
            }

            text = text[(next + 1)..];
            spelling = spelling[(spelling.IndexOf('/') + 1)..];
        }
    }
}

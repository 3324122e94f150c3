using System.Collections.Frozen;

namespace LabServer.Core.Ingestion;

/// <summary>The checked content of <c>Catalogue/units.json</c>.</summary>
internal sealed record UnitNameTable(
    FrozenDictionary<string, string> Exact,
    FrozenDictionary<string, UnitNameTable.FoldedName> Folded,
    FrozenSet<string> Absent)
{
    /// <summary>Brings spellings together that mean one unit: case, blanks, micro signs, multiplication signs, superscripts.</summary>
    /// <returns>Characters written; never more than <paramref name="text"/> has.</returns>
    public static int Fold(ReadOnlySpan<char> text, Span<char> folded)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (c is ' ' or '\u00A0')
            {
                continue;
            }

            folded[length++] = c switch
            {
                '\u00B5' or '\u03BC' => 'U',
                '\u00D7' => 'X',
                '\u00B2' => '2',
                '\u00B3' => '3',
                '\u00B9' => '1',
                '\u2070' or (>= '\u2074' and <= '\u2079') => (char)('0' + (c - '\u2070')),
                _ => char.ToUpperInvariant(c),
            };
        }

        return length;
    }

    /// <summary>A unit by its folded name, with the spelling the name was folded from.</summary>
    internal sealed record FoldedName(string Code, string Spelling);
}

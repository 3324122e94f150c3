namespace LabServer.Core.Ingestion;

/// <summary>
/// Reads LBSPCCND: <c>HEMOLYZED</c>, <c>SLIGHTLY LIPEMIC</c>, <c>HAEMOLYSED; ICTERIC</c>. However slight, a condition
/// counts; one that is denied (<c>NOT HEMOLYZED</c>, <c>NO CLOTS</c>) does not. Words it does not know mean nothing.
/// </summary>
public static class SpecimenConditionReader
{
    private static readonly (string Stem, SpecimenConditions Condition)[] Stems =
    [
        ("HEMOLY", SpecimenConditions.Hemolyzed),
        ("HAEMOLY", SpecimenConditions.Hemolyzed),
        ("LIPEMI", SpecimenConditions.Lipemic),
        ("LIPAEMI", SpecimenConditions.Lipemic),
        ("ICTER", SpecimenConditions.Icteric),
        ("CLOT", SpecimenConditions.Clotted),
        ("COAGULATED", SpecimenConditions.Clotted),
    ];

    /// <summary>The conditions a text names. Never throws.</summary>
    public static SpecimenConditions Read(string? text)
    {
        var found = SpecimenConditions.None;
        if (string.IsNullOrEmpty(text))
        {
            return found;
        }

        var denied = false;
        foreach (var range in text.AsSpan().SplitAny(" \t,;/+&-.()"))
        {
            var word = text.AsSpan(range);
            if (word.IsEmpty)
            {
                continue;
            }

            if (word.Equals("NOT", StringComparison.OrdinalIgnoreCase)
                || word.Equals("NON", StringComparison.OrdinalIgnoreCase)
                || word.Equals("NO", StringComparison.OrdinalIgnoreCase))
            {
                denied = true;
                continue;
            }

            if (ConditionOf(word) is not SpecimenConditions.None and var condition)
            {
                found |= denied ? SpecimenConditions.None : condition;
                denied = false;
            }
        }

        return found;
    }

    private static SpecimenConditions ConditionOf(ReadOnlySpan<char> word)
    {
        foreach (var (stem, condition) in Stems)
        {
            if (word.StartsWith(stem, StringComparison.OrdinalIgnoreCase))
            {
                return condition;
            }
        }

        return SpecimenConditions.None;
    }
}

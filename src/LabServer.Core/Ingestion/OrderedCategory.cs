namespace LabServer.Core.Ingestion;

/// <summary>One of the ordered categories of a test: of a coded test by words, of a numeric one by values.</summary>
/// <param name="Name">Name in tables; a word of a coded test that is the name means the category too.</param>
/// <param name="Codes">Further words that mean it. Case does not count.</param>
/// <param name="From">Smallest value of it, in the standard unit; of numeric tests only.</param>
/// <param name="To">Largest value of it, itself included; of numeric tests only.</param>
public sealed record OrderedCategory(string Name, IReadOnlyList<string> Codes, double? From, double? To)
{
    /// <summary>Whether a word means it.</summary>
    public bool Is(string text) =>
        string.Equals(text, Name, StringComparison.OrdinalIgnoreCase) || Codes.Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a value in the standard unit belongs to it.</summary>
    public bool Holds(double value) => From <= value && value <= To;
}

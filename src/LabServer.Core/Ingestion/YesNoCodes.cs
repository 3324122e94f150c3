namespace LabServer.Core.Ingestion;

/// <summary>What the words of a yes/no test mean. Case does not count; a word that is in neither list says nothing.</summary>
/// <param name="Yes">Words that say that the subject has what the test asks for.</param>
/// <param name="No">Words that say that the subject has not.</param>
public sealed record YesNoCodes(IReadOnlyList<string> Yes, IReadOnlyList<string> No)
{
    /// <summary>Whether a word says yes or no; null: neither, which is never guessed.</summary>
    public bool? Read(string text) => Yes.Contains(text, StringComparer.OrdinalIgnoreCase) ? true
        : No.Contains(text, StringComparer.OrdinalIgnoreCase) ? false
        : null;
}

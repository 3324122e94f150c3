using System.Globalization;

namespace LabServer.Core.Grading;

/// <summary>
/// How people name a rule set: <c>ctcae-5.0@2</c> is that version, <c>ctcae-5.0</c> the newest one there is. Case is ignored.
/// </summary>
/// <param name="Name">Name of the set.</param>
/// <param name="Version">Version; null: the newest.</param>
public readonly record struct RuleSetReference(string Name, int? Version)
{
    /// <summary>The highest version a set can have.</summary>
    public const int MaximumVersion = 1_000_000;

    private const int MaximumName = 64;

    /// <summary>The id that a version is stored under: the name for version 1, else <c>name@version</c>.</summary>
    public static string Id(string name, int version) =>
        version == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}@{version}");

    /// <summary>Whether a text can name a rule set: a-z, 0-9, <c>.</c> and <c>-</c>, at most 64 of them.</summary>
    public static bool IsName(string text) =>
        text.Length <= MaximumName && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-');

    /// <summary>Reads a reference. A text that is none gives a reference to no set.</summary>
    public static RuleSetReference Read(string text)
    {
        var at = text.LastIndexOf('@');
        return at < 0 ? new RuleSetReference(text, null)
            : int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? new RuleSetReference(text[..at], version)
            : new RuleSetReference(text, null);
    }

    /// <summary>The set a reference means among some; null when there is none.</summary>
    public static RuleSet? Find(IEnumerable<RuleSet> ruleSets, string reference)
    {
        var wanted = Read(reference);
        return ruleSets
            .Where(set => string.Equals(set.Name, wanted.Name, StringComparison.OrdinalIgnoreCase) && (wanted.Version ?? set.Version) == set.Version)
            .MaxBy(set => set.Version);
    }

    /// <summary>How sets are named to people: by name alone where no other version of it is among them, else by <c>name@version</c>.</summary>
    public static IReadOnlyList<string> Display(IReadOnlyList<RuleSet> ruleSets) =>
        [.. ruleSets.Select(set => ruleSets.Count(other => other.Name == set.Name) == 1 ? set.Name
            : string.Create(CultureInfo.InvariantCulture, $"{set.Name}@{set.Version}"))];
}

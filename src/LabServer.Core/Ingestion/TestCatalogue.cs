using System.Collections.Frozen;

namespace LabServer.Core.Ingestion;

/// <summary>
/// The tests LabServer knows, with their names, units and factors. Immutable, and safe to use from any thread.
/// </summary>
public sealed class TestCatalogue
{
    private static readonly Lazy<TestCatalogue> Embedded = new(TestCatalogueReader.ReadEmbedded);

    private readonly FrozenDictionary<string, TestDefinition> _byKey;
    private readonly FrozenDictionary<string, TestDefinition[]>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly FrozenDictionary<string, TestDefinition>.AlternateLookup<ReadOnlySpan<char>> _byExplicitName;
    private readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _specimens;
    private readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _categories;

    internal TestCatalogue(
        IReadOnlyList<TestDefinition> tests,
        FrozenDictionary<string, string> specimens,
        FrozenDictionary<string, string> categories)
    {
        Tests = tests;
        _byKey = tests.ToFrozenDictionary(test => test.Key, StringComparer.Ordinal);
        _specimens = specimens.GetAlternateLookup<ReadOnlySpan<char>>();
        _categories = categories.GetAlternateLookup<ReadOnlySpan<char>>();

        _byName = tests
            .SelectMany(test => test.Aliases.Prepend(test.Code), (test, name) => (test, name))
            .GroupBy(pair => pair.name, pair => pair.test, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();

        _byExplicitName = tests
            .SelectMany(test => test.Key == test.Code ? test.Loinc : test.Loinc.Prepend(test.Key), (test, name) => (test, name))
            .ToFrozenDictionary(pair => pair.name, pair => pair.test, StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The catalogue LabServer is built with.</summary>
    /// <exception cref="InvalidCatalogueException">At the first use only, when the built-in files are wrong.</exception>
    public static TestCatalogue Default => Embedded.Value;

    /// <summary>All tests, in the order of the file.</summary>
    public IReadOnlyList<TestDefinition> Tests { get; }

    /// <summary>The test with this <see cref="TestDefinition.Key"/>, spelt exactly so. Null: there is none.</summary>
    public TestDefinition? FindKey(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>
    /// The test a laboratory means. Null: not known, so that the result is held; a test is never guessed.
    /// </summary>
    /// <param name="code">Our code or key, an alias or a LOINC code; case and surrounding blanks do not count.</param>
    /// <param name="specimen">
    /// LBSPEC. A material other than the definition's, or one the catalogue does not know, finds nothing. Missing: the
    /// category tells, and where it does not, what the test is usually measured in.
    /// </param>
    /// <param name="category">LBCAT. Looked at only where the specimen is missing: <c>URINALYSIS</c> means urine.</param>
    public TestDefinition? Find(string? code, string? specimen = null, string? category = null)
    {
        var name = code.AsSpan().Trim();
        var material = specimen.AsSpan().Trim();

        string? specimenClass = null;
        if (!material.IsEmpty)
        {
            if (!_specimens.TryGetValue(material, out specimenClass))
            {
                return null;
            }
        }
        else
        {
            _categories.TryGetValue(category.AsSpan().Trim(), out specimenClass);
        }

        if (_byName.TryGetValue(name, out var candidates))
        {
            return Choose(candidates, specimenClass);
        }

        return _byExplicitName.TryGetValue(name, out var test) && (specimenClass is null || specimenClass == test.Specimen) ? test : null;
    }

    private static TestDefinition? Choose(TestDefinition[] candidates, string? specimenClass)
    {
        foreach (var candidate in candidates)
        {
            if (specimenClass is null ? !candidate.NeedsSpecimen && candidates.Length == 1 : candidate.Specimen == specimenClass)
            {
                return candidate;
            }
        }

        return null;
    }
}

using System.Collections.Frozen;

namespace LabServer.Core.Ingestion;

/// <summary>
/// The tests LabServer knows, with their names, units and factors. Immutable, and safe to use from any thread.
/// </summary>
public sealed class TestCatalogue
{
    private static readonly Lazy<TestCatalogue> Embedded = new(TestCatalogueReader.ReadEmbedded);

    private readonly FrozenDictionary<string, string> _specimenNames;
    private readonly FrozenDictionary<string, string> _categoryNames;
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
        _specimenNames = specimens;
        _categoryNames = categories;
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

    /// <summary>Whether a code means a test, in whatever specimen.</summary>
    public bool Knows(string code) => _byName.ContainsKey(code.AsSpan().Trim()) || _byExplicitName.ContainsKey(code.AsSpan().Trim());

    /// <summary>This catalogue with one more code for a test.</summary>
    /// <param name="alias">A code that means nothing yet.</param>
    /// <param name="key">Key of a test of this catalogue.</param>
    public TestCatalogue WithAlias(string alias, string key) => With(key, test => test.WithAlias(alias.Trim()));

    /// <summary>This catalogue with one more spelling of a unit.</summary>
    /// <param name="key">Key of a test of this catalogue.</param>
    /// <param name="reported">A spelling that means nothing for the test yet.</param>
    /// <param name="unit">UCUM code of one of the test's units.</param>
    public TestCatalogue WithUnitSynonym(string key, string reported, string unit) =>
        With(key, test => test.WithUnitSynonym(reported.Trim(), test.Units.Single(known => known.Code == unit)));

    private TestCatalogue With(string key, Func<TestDefinition, TestDefinition> widen) =>
        new([.. Tests.Select(test => test.Key == key ? widen(test) : test)], _specimenNames, _categoryNames);

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

using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace LabServer.Core.Ingestion;

/// <summary>Reads <c>Catalogue/tests.json</c> and finds every fault in it at once.</summary>
internal static class TestCatalogueReader
{
    public const string FileName = "Catalogue/tests.json";

    public static TestCatalogue ReadEmbedded()
    {
        using var stream = typeof(TestCatalogueReader).Assembly.GetManifestResourceStream(FileName)!;
        return Read(stream);
    }

    /// <exception cref="InvalidCatalogueException">The text is not a catalogue; carries every fault.</exception>
    public static TestCatalogue Read(Stream json)
    {
        var file = CatalogueJson.Read<CatalogueFile>(json, FileName);
        var faults = new List<string>();
        var specimens = Classes(file.Specimens, "specimen", faults);
        var categories = Classes(file.Categories, "category", faults);
        var tests = file.Tests.ConvertAll(Definition);

        foreach (var test in tests)
        {
            TestChecks.Check(test, specimens, faults);
        }

        TestChecks.CheckNames(tests, faults);
        if (faults.Count > 0)
        {
            throw new InvalidCatalogueException(FileName, faults);
        }

        return new TestCatalogue(tests, specimens.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), categories.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));
    }

    private static Dictionary<string, string> Classes(Dictionary<string, List<string>> classes, string what, List<string> faults)
    {
        var byWord = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, words) in classes)
        {
            foreach (var word in words.Prepend(name).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!byWord.TryAdd(word, name))
                {
                    faults.Add($"{what} '{word}' is both {byWord[word]} and {name}");
                }
            }
        }

        return byWord;
    }

    private static TestDefinition Definition(TestEntry entry) => new()
    {
        Key = entry.Specimen is "BLOOD" or "NONE" ? entry.Code : $"{entry.Code}:{entry.Specimen}",
        Code = entry.Code,
        Name = entry.Name,
        Category = entry.Category,
        Specimen = entry.Specimen,
        NeedsSpecimen = entry.NeedsSpecimen,
        Loinc = entry.Loinc,
        Aliases = entry.Aliases,
        StandardUnit = entry.Unit,
        Units = entry.Units.ConvertAll(unit => new UnitDefinition(unit.Code, unit.Factor, unit.System)),
        DecimalPlaces = entry.Decimals,
        Kind = entry.Kind,
        Critical = entry.Critical is { } critical ? new CriticalLimits(critical.Low, critical.High) : null,
        SpoiledBy = entry.SpoiledBy.Aggregate(SpecimenConditions.None, (all, one) => all | one),
        Plausible = entry.Plausible,
        Delta = entry.Delta,
        YesNo = entry.Yes.Count + entry.No.Count > 0 ? new YesNoCodes(entry.Yes, entry.No) : null,
        Categories = entry.Levels.ConvertAll(level => new OrderedCategory(level.Name, level.Codes, level.From, level.To)),
    };

    private sealed class CatalogueFile
    {
        [JsonRequired]
        public Dictionary<string, List<string>> Specimens { get; init; } = [];

        [JsonRequired]
        public Dictionary<string, List<string>> Categories { get; init; } = [];

        [JsonRequired]
        public List<TestEntry> Tests { get; init; } = [];
    }

    private sealed class TestEntry
    {
        [JsonRequired]
        public string Code { get; init; } = "";

        [JsonRequired]
        public string Name { get; init; } = "";

        [JsonRequired]
        public string Category { get; init; } = "";

        public string Specimen { get; init; } = "BLOOD";

        public bool NeedsSpecimen { get; init; }

        public ValueKind Kind { get; init; } = ValueKind.Numeric;

        public List<SpecimenConditions> SpoiledBy { get; init; } = [];

        public PlausibleLimits? Plausible { get; init; }

        public DeltaCheck? Delta { get; init; }

        public List<string> Loinc { get; init; } = [];

        public List<string> Aliases { get; init; } = [];

        [JsonRequired]
        public string? Unit { get; init; }

        [JsonRequired]
        public int Decimals { get; init; }

        public List<UnitEntry> Units { get; init; } = [];

        public CriticalEntry? Critical { get; init; }

        public List<string> Yes { get; init; } = [];

        public List<string> No { get; init; } = [];

        public List<LevelEntry> Levels { get; init; } = [];
    }

    private sealed class LevelEntry
    {
        [JsonRequired]
        public string Name { get; init; } = "";

        public List<string> Codes { get; init; } = [];

        public double? From { get; init; }

        public double? To { get; init; }
    }

    private sealed class CriticalEntry
    {
        public double? Low { get; init; }

        public double? High { get; init; }
    }

    private sealed class UnitEntry
    {
        [JsonRequired]
        public string Code { get; init; } = "";

        [JsonRequired]
        public decimal Factor { get; init; }

        [JsonRequired]
        public UnitSystems System { get; init; }
    }
}

using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace LabServer.Core.Ingestion;

/// <summary>Reads <c>Catalogue/units.json</c> and finds every fault in it at once.</summary>
internal static class UnitNameTableReader
{
    public const string FileName = "Catalogue/units.json";

    public static UnitNameTable ReadEmbedded()
    {
        using var stream = typeof(UnitNameTableReader).Assembly.GetManifestResourceStream(FileName)!;
        return Read(stream);
    }

    /// <exception cref="InvalidCatalogueException">The text is not a table of unit names; carries every fault.</exception>
    public static UnitNameTable Read(Stream json)
    {
        var file = CatalogueJson.Read<UnitFile>(json, FileName);
        var faults = new List<string>();
        var exact = new Dictionary<string, string>(StringComparer.Ordinal);
        var folded = new Dictionary<string, UnitNameTable.FoldedName>(StringComparer.Ordinal);
        var ambiguous = new HashSet<string>(StringComparer.Ordinal);

        // Codes first: a synonym must not take the place of a code.
        foreach (var unit in file.Units)
        {
            if (!exact.TryAdd(unit.Code, unit.Code))
            {
                faults.Add($"unit {unit.Code} is there twice");
            }
        }

        foreach (var unit in file.Units)
        {
            foreach (var synonym in unit.Synonyms)
            {
                if (!exact.TryAdd(synonym, unit.Code))
                {
                    faults.Add($"synonym '{synonym}' of {unit.Code} already means {exact[synonym]}");
                }
            }
        }

        foreach (var (name, code) in exact)
        {
            if (name.Length is 0 or > 64 || name.Trim().Length != name.Length)
            {
                faults.Add($"name '{name}' of {code} is empty, over 64 characters or has blanks around it");
                continue;
            }

            var key = Folded(name);
            if (!folded.TryAdd(key, new UnitNameTable.FoldedName(code, name)) && folded[key].Code != code)
            {
                ambiguous.Add(key);
            }
        }

        foreach (var absent in file.Absent)
        {
            if (!exact.TryGetValue(absent, out var code) || code != "1")
            {
                faults.Add($"'{absent}' means no unit, so it must be a synonym of 1");
            }
        }

        if (faults.Count > 0)
        {
            throw new InvalidCatalogueException(FileName, faults);
        }

        foreach (var key in ambiguous)
        {
            folded.Remove(key);
        }

        return new UnitNameTable(
            exact.ToFrozenDictionary(StringComparer.Ordinal),
            folded.ToFrozenDictionary(StringComparer.Ordinal),
            file.Absent.ToFrozenSet(StringComparer.OrdinalIgnoreCase));
    }

    private static string Folded(string name)
    {
        Span<char> buffer = stackalloc char[64];
        return new string(buffer[..UnitNameTable.Fold(name, buffer)]);
    }

    private sealed class UnitFile
    {
        [JsonRequired]
        public List<UnitEntry> Units { get; init; } = [];

        [JsonRequired]
        public List<string> Absent { get; init; } = [];
    }

    private sealed class UnitEntry
    {
        [JsonRequired]
        public string Code { get; init; } = "";

        public List<string> Synonyms { get; init; } = [];
    }
}

using System.Collections.Frozen;
using System.Reflection;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>The rule sets that come with LabServer, read and checked once, at first use.</summary>
public static class RuleSets
{
    private const string Prefix = "RuleSets/";

    private static readonly Lazy<FrozenDictionary<string, RuleSet>> Published = new(ReadAll);

    /// <summary>All of them, by id.</summary>
    /// <exception cref="RuleSetException">An embedded file has faults.</exception>
    public static IReadOnlyList<RuleSet> All => [.. Published.Value.Values.OrderBy(r => r.Id, StringComparer.Ordinal)];

    /// <summary>The rule set of an id such as <c>ctcae-5.0</c>, case ignored; null when there is none.</summary>
    /// <exception cref="RuleSetException">An embedded file has faults.</exception>
    public static RuleSet? Find(string id) => Published.Value.GetValueOrDefault(id);

    internal static byte[] Bytes(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks the resource {resource}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    internal static IEnumerable<string> Files => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(".json", StringComparison.Ordinal));

    private static FrozenDictionary<string, RuleSet> ReadAll() => Files
        .Select(file => RuleSetReader.Read(Bytes(file), file[Prefix.Length..], TestCatalogue.Default))
        .ToFrozenDictionary(r => r.Id, StringComparer.OrdinalIgnoreCase);
}

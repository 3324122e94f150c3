using System.Globalization;
using System.Reflection;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Grading;

/// <summary>The rule sets that come with LabServer, read and checked once, at first use.</summary>
public static class RuleSets
{
    private const string Prefix = "RuleSets/";

    private static readonly Lazy<IReadOnlyList<RuleSet>> Published = new(ReadAll);

    /// <summary>All of them, by name and version.</summary>
    /// <exception cref="RuleSetException">An embedded file has faults.</exception>
    public static IReadOnlyList<RuleSet> All => Published.Value;

    /// <summary>
    /// The rule set of a reference such as <c>ctcae-5.0</c> (its newest version) or <c>ctcae-5.0@1</c>, case ignored;
    /// null when there is none.
    /// </summary>
    /// <exception cref="RuleSetException">An embedded file has faults.</exception>
    public static RuleSet? Find(string reference) => RuleSetReference.Find(Published.Value, reference);

    /// <summary>The embedded file of a set, as published.</summary>
    /// <exception cref="InvalidOperationException">The set is not an embedded one.</exception>
    public static byte[] FileOf(RuleSet ruleSet) => Bytes(Prefix + FileName(ruleSet.Name, ruleSet.Version));

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

    // Version 1 of a set is NAME.json, a later one NAME.vN.json.
    private static string FileName(string name, int version) =>
        version == 1 ? $"{name}.json" : string.Create(CultureInfo.InvariantCulture, $"{name}.v{version}.json");

    // In the order of versions, since a set can extend an earlier one.
    private static IReadOnlyList<RuleSet> ReadAll()
    {
        var sets = new Dictionary<string, RuleSet>(StringComparer.Ordinal);
        foreach (var file in Files.Select(f => f[Prefix.Length..]).OrderBy(f => VersionOf(f)).ThenBy(f => f, StringComparer.Ordinal))
        {
            var set = RuleSetReader.Read(Bytes(Prefix + file), file, TestCatalogue.Default, sets.GetValueOrDefault);
            if (file != FileName(set.Name, set.Version))
            {
                throw new RuleSetException(file, [$"holds version {set.Version} of {set.Name}, which belongs into {FileName(set.Name, set.Version)}"]);
            }

            sets.Add(set.Id, set);
        }

        return [.. sets.Values.OrderBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.Version)];
    }

    private static int VersionOf(string file)
    {
        var parts = file.Split('.');
        return parts[^2] is ['v', .. var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 1;
    }
}

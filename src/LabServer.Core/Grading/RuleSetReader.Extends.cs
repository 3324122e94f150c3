namespace LabServer.Core.Grading;

/// <summary>A set that takes over another one's terms: the base is pinned by its hash, so that it is what its author saw.</summary>
public static partial class RuleSetReader
{
    private static RuleSet? ReadExtends(JsonFields file, string name, int version, Func<string, RuleSet?> published)
    {
        if (file.Object("extends") is not { } fields)
        {
            return null;
        }

        fields.Place = "extends";
        var baseName = fields.RequiredText("ruleSet");
        var baseVersion = fields.Whole("version") ?? 1;
        var hash = fields.RequiredText("sha256");
        fields.NoOthers();
        if (baseName.Length == 0)
        {
            return null;
        }

        if (baseName == name && baseVersion >= version)
        {
            fields.Fault($"version {version} of {name} can only extend an earlier one");
            return null;
        }

        var id = RuleSetReference.Id(baseName, baseVersion);
        if (published(id) is not { } found)
        {
            fields.Fault($"there is no rule set {id}");
            return null;
        }

        if (hash.Length > 0 && hash != found.Hash)
        {
            fields.Fault($"{id} has the sha256 {found.Hash}, not {hash}");
        }

        return found;
    }

    private static IReadOnlyList<string> ReadRemoved(JsonFields file, RuleSet? extended)
    {
        if (file.Find("removed") is null)
        {
            return [];
        }

        var removed = file.Texts("removed", required: true);
        if (file.Find("extends") is null)
        {
            file.Fault("removed without extends");
        }

        foreach (var name in removed.Where(name => extended is not null && extended.Find(name) is null))
        {
            file.Fault($"removed: {extended!.Id} has no term \"{name}\"");
        }

        return removed;
    }

    // Terms of the base are copied: a term belongs to one set, so that its key and its grades are of that set alone.
    private static List<Term> Merge(RuleSet? extended, List<Term> own, IReadOnlyList<string> removed, JsonFields file)
    {
        foreach (var name in own.Select(t => t.Name).Intersect(removed, StringComparer.OrdinalIgnoreCase))
        {
            file.Fault($"removed: \"{name}\" is among the terms too");
        }

        var replaced = own.GroupBy(t => t.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
        var taken = (extended?.Terms ?? [])
            .Where(t => !removed.Contains(t.Name, StringComparer.OrdinalIgnoreCase))
            .Select(t => replaced.GetValueOrDefault(t.Name) ?? t.Copy())
            .ToList();
        return [.. taken, .. own.Except(taken)];
    }
}

using System.Collections.Frozen;

namespace LabServer.Core.Grading;

/// <summary>One published set of grading rules. Immutable and safe to share between threads.</summary>
public sealed class RuleSet
{
    private readonly FrozenDictionary<string, Term> _byName;
    private readonly FrozenDictionary<string, IReadOnlyList<Term>> _byTest;

    internal RuleSet(string name, int version, string title, string source, string hash, RuleSet? extended, IReadOnlyList<Term> terms)
    {
        Name = name;
        Version = version;
        Id = RuleSetReference.Id(name, version);
        Title = title;
        Source = source;
        Hash = hash;
        Base = extended;
        Terms = terms;
        _byName = terms.ToFrozenDictionary(t => t.Name, StringComparer.OrdinalIgnoreCase);
        _byTest = terms
            .SelectMany(t => t.Tests.Select(key => (Key: key, Term: t)))
            .GroupBy(t => t.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<Term>)[.. g.Select(t => t.Term)], StringComparer.Ordinal);
    }

    /// <summary>For example <c>ctcae-5.0</c>; all versions share it.</summary>
    public string Name { get; }

    /// <summary>1 and up. A published version never changes: a correction or addition is the next one.</summary>
    public int Version { get; }

    /// <summary>Names this version for ever: the name for version 1, <c>ctcae-5.0@2</c> for a later one.</summary>
    public string Id { get; }

    /// <summary>For people.</summary>
    public string Title { get; }

    /// <summary>Where the rules were published.</summary>
    public string Source { get; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>The set whose terms this one takes over but for those it adds, replaces or removes; null: it stands alone.</summary>
    public RuleSet? Base { get; }

    /// <summary>All terms in the order of the file; those of <see cref="Base"/> first.</summary>
    public IReadOnlyList<Term> Terms { get; }

    /// <summary>The term of a name, case ignored; null when the set has none.</summary>
    public Term? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The terms that look at a test, by its key in the catalogue, both directions; empty when none does.</summary>
    public IReadOnlyList<Term> TermsOf(string testKey) => _byTest.GetValueOrDefault(testKey, []);

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}

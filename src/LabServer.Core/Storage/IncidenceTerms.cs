using LabServer.Core.Grading;
using LabServer.Core.Summaries;

namespace LabServer.Core.Storage;

/// <summary>The terms of one table: those of its rule sets, where one name is one term, and those that are reported.</summary>
internal sealed class IncidenceTerms
{
    private readonly Dictionary<long, EventTerm> _byKey = [];
    private readonly Dictionary<string, EventTerm> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _classes = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _excluded;

    public IncidenceTerms(RuleSetStore ruleSets, IncidenceQuery query)
    {
        _excluded = query.ExcludedTerms.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var term in query.RuleSetIds.SelectMany(id => ruleSets.Get(id).Terms))
        {
            _byKey[ruleSets.TermKey(term)] = Named(term.Name, () => EventTerm.Of(term));
        }
    }

    /// <summary>The term of a key; null: not of the rule sets of the table.</summary>
    public EventTerm? OfKey(long termKey) => _byKey.GetValueOrDefault(termKey);

    /// <summary>A reported term: that of the rule sets where one has its name.</summary>
    /// <param name="name">As it is spelt first.</param>
    /// <param name="systemOrganClass">Its class, if it is no term of the rule sets.</param>
    public EventTerm OfName(string name, string systemOrganClass) => Named(name, () => new EventTerm(name, systemOrganClass, null));

    /// <summary>Whether the table leaves it out.</summary>
    public bool IsExcluded(EventTerm term) => _excluded.Contains(term.Name);

    private EventTerm Named(string name, Func<EventTerm> make)
    {
        if (!_byName.TryGetValue(name, out var term))
        {
            // One class is spelt in one way too, however its terms were reported.
            var made = make();
            _classes.TryAdd(made.SystemOrganClass, made.SystemOrganClass);
            _byName.Add(name, term = made with { SystemOrganClass = _classes[made.SystemOrganClass] });
        }

        return term;
    }
}

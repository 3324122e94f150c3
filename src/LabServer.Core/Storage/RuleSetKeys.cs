using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Rule sets with the keys of their terms and criteria, at one moment. Never changed: a newer moment is another object.</summary>
internal sealed class RuleSetKeys
{
    private const string SelectRuleSets = "SELECT rule_set_key AS RuleSetKey, rule_set_id AS RuleSetId FROM rule_set";
    private const string SelectTerms = "SELECT term_key AS TermKey, rule_set_key AS RuleSetKey, term AS Name FROM term";
    private const string SelectCriteria = "SELECT criterion_key AS CriterionKey, term_key AS TermKey, criterion_id AS Id FROM criterion";

    private readonly Dictionary<Term, long> _termKeys = [];
    private readonly Dictionary<long, (RuleSet RuleSet, Term Term)> _terms = [];
    private readonly Dictionary<Criterion, long> _criterionKeys = [];
    private readonly Dictionary<long, Criterion> _criteria = [];

    private RuleSetKeys(IReadOnlyDictionary<string, RuleSet> ruleSets) => RuleSets = ruleSets;

    /// <summary>The rule sets by id.</summary>
    public IReadOnlyDictionary<string, RuleSet> RuleSets { get; }

    /// <summary>Reads the keys of the registered sets.</summary>
    public static RuleSetKeys Read(DbConnection connection, DbTransaction? transaction, IEnumerable<RuleSet> ruleSets)
    {
        var keys = new RuleSetKeys(ruleSets.ToDictionary(set => set.Id, StringComparer.Ordinal));
        var setIds = connection.Query<RuleSetRow>(SelectRuleSets, transaction: transaction).ToDictionary(row => row.RuleSetKey, row => row.RuleSetId);
        foreach (var row in connection.Query<TermRow>(SelectTerms, transaction: transaction))
        {
            if (keys.RuleSets.TryGetValue(setIds[row.RuleSetKey], out var ruleSet) && ruleSet.Find(row.Name) is { } term)
            {
                keys._termKeys.Add(term, row.TermKey);
                keys._terms.Add(row.TermKey, (ruleSet, term));
            }
        }

        foreach (var row in connection.Query<CriterionRow>(SelectCriteria, transaction: transaction))
        {
            if (keys._terms.TryGetValue(row.TermKey, out var owner))
            {
                var criterion = owner.Term.Criteria.Single(candidate => candidate.Id == row.Id);
                keys._criterionKeys.Add(criterion, row.CriterionKey);
                keys._criteria.Add(row.CriterionKey, criterion);
            }
        }

        return keys;
    }

    public long TermKey(Term term) => _termKeys[term];

    public long CriterionKey(Criterion criterion) => _criterionKeys[criterion];

    public (RuleSet RuleSet, Term Term) Term(long termKey) => _terms[termKey];

    public Criterion Criterion(long criterionKey) => _criteria[criterionKey];

    private sealed record RuleSetRow(long RuleSetKey, string RuleSetId);

    private sealed record TermRow(long TermKey, long RuleSetKey, string Name);

    private sealed record CriterionRow(long CriterionKey, long TermKey, string Id);
}

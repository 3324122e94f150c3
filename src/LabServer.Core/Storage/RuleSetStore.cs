using Dapper;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

/// <summary>Keys of rule sets, terms and criteria. Written when the database is opened, and only read after.</summary>
public sealed class RuleSetStore
{
    private const string SelectRuleSets = "SELECT rule_set_key AS RuleSetKey, rule_set_id AS RuleSetId, sha256 AS Sha256 FROM rule_set";
    private const string SelectTerms = "SELECT term_key AS TermKey, rule_set_key AS RuleSetKey, term AS Name FROM term";
    private const string SelectCriteria = "SELECT criterion_key AS CriterionKey, term_key AS TermKey, criterion_id AS Id FROM criterion";
    private const string InsertRuleSet = "INSERT INTO rule_set (rule_set_id, sha256) VALUES (@Id, @Hash)";
    private const string InsertTerm = "INSERT INTO term (rule_set_key, term) VALUES (@ruleSetKey, @Name)";
    private const string InsertCriterion = "INSERT INTO criterion (term_key, criterion_id) VALUES (@termKey, @Id)";

    private readonly Dictionary<string, RuleSet> _ruleSets;
    private readonly Dictionary<Term, long> _termKeys = [];
    private readonly Dictionary<long, (RuleSet RuleSet, Term Term)> _terms = [];
    private readonly Dictionary<Criterion, long> _criterionKeys = [];
    private readonly Dictionary<long, Criterion> _criteria = [];

    /// <summary>Reads the keys of the registered sets.</summary>
    public RuleSetStore(Database database, IReadOnlyList<RuleSet> ruleSets)
    {
        _ruleSets = ruleSets.ToDictionary(set => set.Id);
        ReadKeys(database);
    }

    /// <summary>The rule sets by id.</summary>
    public IReadOnlyDictionary<string, RuleSet> RuleSets => _ruleSets;

    /// <summary>The rule sets of a study, in the order named.</summary>
    public IReadOnlyList<RuleSet> Of(Study study) => [.. study.RuleSets.Select(id => RuleSets[id])];

    /// <summary>Registers the sets that the database does not have, in the order of their ids.</summary>
    /// <exception cref="RuleSetChangedException">A set that this database was graded under is not the same any more.</exception>
    public static void Register(WriteSession session, IReadOnlyList<RuleSet> ruleSets)
    {
        foreach (var ruleSet in ruleSets.OrderBy(set => set.Id, StringComparer.Ordinal))
        {
            Register(session, ruleSet);
        }
    }

    /// <summary>Key of a term.</summary>
    public long TermKey(Term term) => _termKeys[term];

    /// <summary>Key of a criterion.</summary>
    public long CriterionKey(Criterion criterion) => _criterionKeys[criterion];

    /// <summary>The term of a key, with its rule set.</summary>
    public (RuleSet RuleSet, Term Term) Term(long termKey) => _terms[termKey];

    /// <summary>The criterion of a key.</summary>
    public Criterion Criterion(long criterionKey) => _criteria[criterionKey];

    private static void Register(WriteSession session, RuleSet ruleSet)
    {
        var stored = session.Connection.Query<RuleSetRow>(SelectRuleSets, transaction: session.Transaction)
            .SingleOrDefault(row => row.RuleSetId == ruleSet.Id);
        if (stored is not null)
        {
            if (stored.Sha256 != ruleSet.Hash)
            {
                throw new RuleSetChangedException(ruleSet.Id, stored.Sha256, ruleSet.Hash);
            }

            return;
        }

        session.Connection.Execute(InsertRuleSet, new { ruleSet.Id, ruleSet.Hash }, session.Transaction);
        var ruleSetKey = session.Dialect.LastInsertedKey(session.Connection);
        foreach (var term in ruleSet.Terms)
        {
            session.Connection.Execute(InsertTerm, new { ruleSetKey, term.Name }, session.Transaction);
            var termKey = session.Dialect.LastInsertedKey(session.Connection);
            foreach (var criterion in term.Criteria)
            {
                session.Connection.Execute(InsertCriterion, new { termKey, criterion.Id }, session.Transaction);
            }
        }
    }

    private void ReadKeys(Database database)
    {
        using var connection = database.Read();
        var setIds = connection.Query<RuleSetRow>(SelectRuleSets).ToDictionary(row => row.RuleSetKey, row => row.RuleSetId);
        foreach (var row in connection.Query<TermRow>(SelectTerms))
        {
            if (_ruleSets.TryGetValue(setIds[row.RuleSetKey], out var ruleSet) && ruleSet.Find(row.Name) is { } term)
            {
                _termKeys.Add(term, row.TermKey);
                _terms.Add(row.TermKey, (ruleSet, term));
            }
        }

        foreach (var row in connection.Query<CriterionRow>(SelectCriteria))
        {
            if (_terms.TryGetValue(row.TermKey, out var owner))
            {
                var criterion = owner.Term.Criteria.Single(candidate => candidate.Id == row.Id);
                _criterionKeys.Add(criterion, row.CriterionKey);
                _criteria.Add(row.CriterionKey, criterion);
            }
        }
    }

    private sealed record RuleSetRow(long RuleSetKey, string RuleSetId, string Sha256);

    private sealed record TermRow(long TermKey, long RuleSetKey, string Name);

    private sealed record CriterionRow(long CriterionKey, long TermKey, string Id);
}

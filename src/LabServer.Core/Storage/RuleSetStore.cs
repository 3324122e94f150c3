using System.Collections.Concurrent;
using Dapper;
using LabServer.Core.Audit;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>
/// The rule sets there are, those that come with the program and those published on this server, with the keys of their
/// terms and criteria. A set that is published while others read is there once it is on disk.
/// </summary>
public sealed partial class RuleSetStore
{
    private const string SelectRuleSets = "SELECT rule_set_key AS RuleSetKey, rule_set_id AS RuleSetId, sha256 AS Sha256 FROM rule_set";
    private const string InsertRuleSet = "INSERT INTO rule_set (rule_set_id, sha256) VALUES (@Id, @Hash)";
    private const string InsertTerm = "INSERT INTO term (rule_set_key, term) VALUES (@ruleSetKey, @Name)";
    private const string InsertCriterion = "INSERT INTO criterion (term_key, criterion_id) VALUES (@termKey, @Id)";

    private readonly Database _database;
    private readonly TestCatalogue _catalogue;
    private readonly HashSet<string> _builtIn;

    // Published sets by the hash of their content, so that each is one object, whoever reads it first.
    private readonly ConcurrentDictionary<string, RuleSet> _published = new(StringComparer.Ordinal);

    // Replaced whole after the commit, never changed: readers need no lock.
    private volatile RuleSetKeys _keys;

    /// <summary>Reads what was published on this server, and the keys of all sets.</summary>
    /// <param name="database">The database, in which the built-in sets are registered.</param>
    /// <param name="builtIn">The sets that come with the program.</param>
    /// <param name="catalogue">Tests and units that published sets are checked against; null: the built-in ones.</param>
    /// <exception cref="PublishedRuleSetException">A published set cannot be used by this program.</exception>
    public RuleSetStore(Database database, IReadOnlyList<RuleSet> builtIn, TestCatalogue? catalogue = null)
    {
        _database = database;
        _catalogue = catalogue ?? TestCatalogue.Default;
        _builtIn = [.. builtIn.Select(set => set.Name)];
        using var connection = database.Read();
        _keys = RuleSetKeys.Read(connection, null, WithPublished(connection, null, builtIn.ToDictionary(set => set.Id, StringComparer.Ordinal)).Values);

        // What is there already stays the same object: work that is under way asks for its keys.
        database.Copies.Add(
            (shared, transaction) =>
            {
                var read = RuleSetKeys.Read(shared, transaction, WithPublished(shared, transaction, _keys.RuleSets).Values);
                return () => _keys = read;
            },
            AuditAction.RuleSetPublished);
    }

    /// <summary>The rule sets by id.</summary>
    public IReadOnlyDictionary<string, RuleSet> RuleSets => _keys.RuleSets;

    /// <summary>The rule sets of a study, in the order named.</summary>
    public IReadOnlyList<RuleSet> Of(Study study) => [.. study.RuleSets.Select(Get)];

    /// <summary>A rule set that something on file names.</summary>
    public RuleSet Get(string id) => OnFile(id, static (keys, id) => keys.RuleSets[id]);

    /// <summary>Registers the sets that the database does not have, in the order of their ids.</summary>
    /// <exception cref="RuleSetChangedException">A set that this database was graded under is not the same any more.</exception>
    public static void Register(WriteSession session, IReadOnlyList<RuleSet> ruleSets)
    {
        var added = ruleSets.OrderBy(set => set.Id, StringComparer.Ordinal).Where(ruleSet => Register(session, ruleSet)).ToList();
        if (added.Count > 0)
        {
            AuditTrail.Append(session, AuditEntry.Of(Author.Server, AuditAction.RuleSetsRegistered) with
            {
                After = AuditJson.Write(added.Select(set => new { set.Id, Sha256 = set.Hash })),
            });
        }
    }

    /// <summary>Key of a term.</summary>
    public long TermKey(Term term) => _keys.TermKey(term);

    /// <summary>Key of a criterion.</summary>
    public long CriterionKey(Criterion criterion) => _keys.CriterionKey(criterion);

    /// <summary>The term of a key, with its rule set.</summary>
    public (RuleSet RuleSet, Term Term) Term(long termKey) => OnFile(termKey, static (keys, key) => keys.Term(key));

    /// <summary>The criterion of a key.</summary>
    public Criterion Criterion(long criterionKey) => OnFile(criterionKey, static (keys, key) => keys.Criterion(key));

    // What was just read may be of a set that another server has published since the last look.
    private TFound OnFile<TKey, TFound>(TKey key, Func<RuleSetKeys, TKey, TFound> find)
    {
        try
        {
            return find(_keys, key);
        }
        catch (KeyNotFoundException) when (_database.Dialect.IsShared)
        {
            _database.RefreshCopies();
            return find(_keys, key);
        }
    }

    private static bool Register(WriteSession session, RuleSet ruleSet)
    {
        var stored = session.Connection.Query<RuleSetRow>(SelectRuleSets, transaction: session.Transaction)
            .SingleOrDefault(row => row.RuleSetId == ruleSet.Id);
        if (stored is not null)
        {
            if (stored.Sha256 != ruleSet.Hash)
            {
                throw new RuleSetChangedException(ruleSet.Id, stored.Sha256, ruleSet.Hash);
            }

            return false;
        }

        session.Connection.Execute(InsertRuleSet, new { ruleSet.Id, ruleSet.Hash }, session.Transaction);
        var ruleSetKey = session.LastInsertedKey();
        foreach (var term in ruleSet.Terms)
        {
            session.Connection.Execute(InsertTerm, new { ruleSetKey, term.Name }, session.Transaction);
            var termKey = session.LastInsertedKey();
            foreach (var criterion in term.Criteria)
            {
                session.Connection.Execute(InsertCriterion, new { termKey, criterion.Id }, session.Transaction);
            }
        }

        return true;
    }

    private sealed record RuleSetRow(long RuleSetKey, string RuleSetId, string Sha256);
}

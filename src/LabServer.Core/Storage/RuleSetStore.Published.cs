using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using LabServer.Core.Audit;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

public sealed partial class RuleSetStore
{
    private const string SelectPublished = """
        SELECT rule_set_id AS RuleSetId, sha256 AS Sha256, content AS Content, published_by AS PublishedBy,
               published_us AS PublishedUs, reason AS Reason
        FROM published_rule_set ORDER BY published_key
        """;

    private const string SelectOnePublished = """
        SELECT rule_set_id AS RuleSetId, sha256 AS Sha256, content AS Content, published_by AS PublishedBy,
               published_us AS PublishedUs, reason AS Reason
        FROM published_rule_set WHERE rule_set_id = @ruleSetId
        """;

    private const string InsertPublished = """
        INSERT INTO published_rule_set (rule_set_id, name, version, sha256, content, published_by, published_us, reason)
        VALUES (@Id, @Name, @Version, @Hash, @content, @publishedBy, @nowUs, @reason)
        """;

    /// <summary>Whether a set comes with the program.</summary>
    public bool IsBuiltIn(RuleSet ruleSet) => _builtIn.Contains(ruleSet.Name);

    /// <summary>What is on file of a published set; null for one that comes with the program.</summary>
    public PublishedRuleSet? Published(RuleSet ruleSet)
    {
        using var connection = _database.Read();
        return connection.QuerySingleOrDefault<PublishedRuleSet>(SelectOnePublished, new { ruleSetId = ruleSet.Id });
    }

    /// <summary>What publishing a file would come to; changes nothing.</summary>
    public RuleSetPublication Check(ReadOnlyMemory<byte> content)
    {
        var ruleSets = RuleSets;
        try
        {
            var ruleSet = RuleSetReader.Read(content, "the file", _catalogue, ruleSets.GetValueOrDefault);
            return Place(ruleSet, ruleSets);
        }
        catch (RuleSetException exception)
        {
            return new RuleSetPublication(null, AlreadyPublished: false, exception.Faults);
        }
    }

    /// <summary>Publishes a file for ever. The same file again changes nothing; one with faults, or in a place that is taken, neither.</summary>
    /// <param name="content">The file, UTF-8.</param>
    /// <param name="publishedBy">Who.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Gives up waiting for the writer.</param>
    public async Task<RuleSetPublication> Publish(
        ReadOnlyMemory<byte> content, string publishedBy, string reason, TimeProvider time, CancellationToken cancellation)
    {
        var read = Check(content);
        if (read.RuleSet is not { } checkedSet || read.AlreadyPublished)
        {
            return read;
        }

        var ruleSet = _published.GetOrAdd(checkedSet.Hash, checkedSet);
        var bytes = content.ToArray();
        return await _database.Writer.Run(
            session =>
            {
                // Again on the writer's thread: another one may have taken the place since.
                var keys = _keys;
                var place = Place(ruleSet, keys.RuleSets);
                if (place.RuleSet is null || place.AlreadyPublished)
                {
                    return place;
                }

                session.Connection.Execute(
                    InsertPublished,
                    new { ruleSet.Id, ruleSet.Name, ruleSet.Version, ruleSet.Hash, content = bytes, publishedBy, nowUs = Clock.NowUs(time), reason },
                    session.Transaction);
                Register(session, ruleSet);
                AuditTrail.Append(session, AuditEntry.Of(new Author(publishedBy, reason), AuditAction.RuleSetPublished, name: ruleSet.Id) with
                {
                    After = AuditJson.Write(new { ruleSet.Name, ruleSet.Version, Sha256 = ruleSet.Hash }),
                });
                var next = RuleSetKeys.Read(session.Connection, session.Transaction, keys.RuleSets.Values.Append(ruleSet));
                session.AfterCommit(() => _keys = next);
                return place;
            },
            DatabaseWriter.Alone,
            cancellation).ConfigureAwait(false);
    }

    private RuleSetPublication Place(RuleSet ruleSet, IReadOnlyDictionary<string, RuleSet> ruleSets)
    {
        if (ruleSets.TryGetValue(ruleSet.Id, out var there) && there.Hash == ruleSet.Hash)
        {
            return new RuleSetPublication(there, AlreadyPublished: true, []);
        }

        var newest = RuleSetReference.Find(ruleSets.Values, ruleSet.Name)?.Version ?? 0;
        var fault = _builtIn.Contains(ruleSet.Name) ? $"id {ruleSet.Name} is that of a set that comes with LabServer"
            : ruleSet.Version <= newest ? $"version {ruleSet.Version} of {ruleSet.Name} is published with other content; the next version is {newest + 1}"
            : ruleSet.Version > newest + 1 ? $"version must be {newest + 1}, the next one of {ruleSet.Name}"
            : null;
        List<string> faults = [.. RuleSetChecks.NameFaults(ruleSet), .. fault is null ? [] : new[] { fault }];
        return new RuleSetPublication(faults.Count == 0 ? ruleSet : null, AlreadyPublished: false, faults);
    }

    private Dictionary<string, RuleSet> WithPublished(
        DbConnection connection, DbTransaction? transaction, IReadOnlyDictionary<string, RuleSet> known)
    {
        var ruleSets = new Dictionary<string, RuleSet>(known, StringComparer.Ordinal);
        foreach (var row in connection.Query<PublishedRuleSet>(SelectPublished, transaction: transaction))
        {
            if (ruleSets.TryGetValue(row.RuleSetId, out var there) && !_builtIn.Contains(there.Name))
            {
                continue;
            }

            if (Convert.ToHexStringLower(SHA256.HashData(row.Content)) != row.Sha256)
            {
                throw new PublishedRuleSetException(row.RuleSetId, ["its content is not what was published"]);
            }

            if (there is not null)
            {
                throw new PublishedRuleSetException(row.RuleSetId, ["a set that comes with this program has the same id"]);
            }

            try
            {
                ruleSets.Add(
                    row.RuleSetId,
                    _published.GetOrAdd(row.Sha256, _ => RuleSetReader.Read(row.Content, row.RuleSetId, _catalogue, ruleSets.GetValueOrDefault)));
            }
            catch (RuleSetException exception)
            {
                throw new PublishedRuleSetException(row.RuleSetId, exception.Faults);
            }
        }

        return ruleSets;
    }
}

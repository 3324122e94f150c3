using System.Data.Common;
using Dapper;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;

namespace LabServer.Core.Storage;

/// <summary>What summaries are made of: rows of events and counts, never of results.</summary>
public sealed partial class SummaryStore(Database database, RuleSetStore ruleSets)
{
    private const string SelectNotGradable = """
        SELECT s.subject_key AS SubjectKey, CASE WHEN @isBlinded = 1 THEN '' ELSE s.arm END AS Arm, n.reason AS Reason, SUM(n.results) AS Results
        FROM subject s
        JOIN not_gradable n ON n.subject_key = s.subject_key
        JOIN term t ON t.term_key = n.term_key
        JOIN rule_set r ON r.rule_set_key = t.rule_set_key
        WHERE s.study_key = @StudyKey AND r.rule_set_id = @ruleSetId
        GROUP BY s.subject_key, s.arm, n.reason ORDER BY s.subject_key, n.reason
        """;

    // The same summed over the study, where neither arms nor strata are asked for: a few rows in the place of thousands.
    private const string SelectNotGradableOfAll = """
        SELECT CAST(0 AS BIGINT) AS SubjectKey, '' AS Arm, n.reason AS Reason, SUM(n.results) AS Results
        FROM subject s
        JOIN not_gradable n ON n.subject_key = s.subject_key
        JOIN term t ON t.term_key = n.term_key
        JOIN rule_set r ON r.rule_set_key = t.rule_set_key
        WHERE s.study_key = @StudyKey AND r.rule_set_id = @ruleSetId
        GROUP BY n.reason ORDER BY n.reason
        """;

    /// <summary>Adverse events of a study by arm, term and worst grade, from one consistent state of the database.</summary>
    /// <param name="study">The study.</param>
    /// <param name="sight">Whether arms are shown.</param>
    /// <param name="query">What is counted; checked, its rule sets are those of the study.</param>
    public IncidenceSummary Incidence(Study study, ArmSight sight, IncidenceQuery query)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        return Incidence(connection, transaction, study, sight, query);
    }

    /// <summary>As the transaction sees it.</summary>
    internal IncidenceSummary Incidence(DbConnection connection, DbTransaction transaction, Study study, ArmSight sight, IncidenceQuery query)
    {
        var strata = StrataStore.Read(database.Dialect, connection, transaction, study, sight, query.SplitBy, query.Arms);
        var terms = new IncidenceTerms(ruleSets, query);
        List<SubjectEvents> events = [.. Events(connection, transaction, strata.Subjects, study, query, terms)];
        var notGradable = NotGradable(connection, transaction, study, sight, query);

        // Results of subjects without a dose count too: they are in no stratum, and in no arm that is asked for.
        var whole = IncidenceTable.Of(
            query, strata.Arms, events,
            Sum(query.Arms.Count == 0 ? notGradable : notGradable.Where(row => query.Arms.Contains(row.Arm))));
        if (strata.Split.Count == 0)
        {
            return new IncidenceSummary(whole, []);
        }

        var byStratum = events.ToLookup(subject => subject.Subject.Stratum, StringComparer.Ordinal);
        return new IncidenceSummary(whole, [.. strata.Split.Select(stratum =>
        {
            var keys = stratum.Subjects.Select(subject => subject.SubjectKey).ToHashSet();
            return IncidenceTable.Of(
                query, stratum.Arms, [.. byStratum[stratum.Value]], Sum(notGradable.Where(row => keys.Contains(row.SubjectKey))))
                with { Stratum = stratum.Value };
        })]);
    }

    private static List<ReasonRow> NotGradable(
        DbConnection connection, DbTransaction transaction, Study study, ArmSight sight, IncidenceQuery query)
    {
        var statement = query.Arms.Count == 0 && query.SplitBy.Length == 0 ? SelectNotGradableOfAll : SelectNotGradable;
        return [.. query.RuleSetIds.SelectMany(ruleSetId =>
            connection.Query<ReasonRow>(statement, new { study.StudyKey, ruleSetId, isBlinded = sight == ArmSight.Blinded }, transaction))];
    }

    private static NotGradableCount[] Sum(IEnumerable<ReasonRow> rows) =>
        [.. rows.GroupBy(row => row.Reason).OrderBy(group => group.Key)
            .Select(group => new NotGradableCount((NotGradableReason)group.Key, group.Sum(row => row.Results)))];

    // Not positional: SQLite gives a computed column of no rows no type, and Dapper then finds no constructor.
    private sealed record ReasonRow
    {
        public long SubjectKey { get; init; }

        public string Arm { get; init; } = "";

        public int Reason { get; init; }

        public long Results { get; init; }
    }
}

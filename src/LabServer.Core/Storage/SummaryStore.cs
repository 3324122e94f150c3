using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;

namespace LabServer.Core.Storage;

/// <summary>What summaries are made of: rows of events and counts, never of results.</summary>
public sealed partial class SummaryStore(Database database, RuleSetStore ruleSets)
{
    private const string SelectArms = """
        SELECT arm AS Arm, COUNT(*) AS Subjects FROM subject
        WHERE study_key = @StudyKey AND first_dose_at <> ''
        GROUP BY arm ORDER BY arm
        """;

    private const string SelectWorst = """
        SELECT e.term_key AS TermKey, s.arm AS Arm, e.subject_key AS SubjectKey, MAX(e.worst_grade) AS WorstGrade
        FROM subject s
        JOIN adverse_event e ON e.subject_key = s.subject_key
        JOIN term t ON t.term_key = e.term_key
        JOIN rule_set r ON r.rule_set_key = t.rule_set_key
        WHERE s.study_key = @StudyKey AND s.first_dose_at <> '' AND r.rule_set_id = @ruleSetId
        GROUP BY e.term_key, s.arm, e.subject_key
        ORDER BY e.term_key, e.subject_key
        """;

    private const string SelectNotGradable = """
        SELECT n.reason AS Reason, SUM(n.results) AS Results
        FROM subject s
        JOIN not_gradable n ON n.subject_key = s.subject_key
        JOIN term t ON t.term_key = n.term_key
        JOIN rule_set r ON r.rule_set_key = t.rule_set_key
        WHERE s.study_key = @StudyKey AND r.rule_set_id = @ruleSetId
        GROUP BY n.reason ORDER BY n.reason
        """;

    /// <summary>The incidence table of a study under one of its rule sets, from one consistent state of the database.</summary>
    /// <param name="study">The study.</param>
    /// <param name="ruleSetId">The rule set.</param>
    /// <param name="excludeReported">Leaves out events that people reported.</param>
    public IncidenceTable Incidence(Study study, string ruleSetId, bool excludeReported = false)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        return Incidence(connection, transaction, study, ruleSetId, excludeReported);
    }

    /// <summary>As the transaction sees it.</summary>
    internal IncidenceTable Incidence(
        DbConnection connection, DbTransaction transaction, Study study, string ruleSetId, bool excludeReported = false)
    {
        var sizes = connection.Query<ArmRow>(SelectArms, study, transaction)
            .ToDictionary(row => row.Arm, row => new ArmSize(row.Arm, row.Subjects), StringComparer.Ordinal);
        var worst = connection.Query<WorstRow>(SelectWorst, new { study.StudyKey, ruleSetId }, transaction)
            .Select(row => new SubjectWorstGrade(EventTerm.Of(ruleSets.Term(row.TermKey).Term), row.Arm, row.SubjectKey, row.WorstGrade));
        var notGradable = connection.Query<ReasonRow>(SelectNotGradable, new { study.StudyKey, ruleSetId }, transaction)
            .Select(row => new NotGradableCount((NotGradableReason)row.Reason, row.Results));

        // Arms as the study orders them; a dosed subject without an arm is shown last rather than left out.
        var arms = study.Arms.Select(arm => sizes.GetValueOrDefault(arm) ?? new ArmSize(arm, 0)).ToList();
        arms.AddRange(sizes.Values.Where(size => !study.Arms.Contains(size.Arm)));
        var reported = excludeReported ? [] : Reported(connection, transaction, study, ruleSets.RuleSets[ruleSetId]);
        return IncidenceTable.Of(arms, [.. worst, .. reported], [.. notGradable]);
    }

    // Not positional: SQLite gives a computed column of no rows no type, and Dapper then finds no constructor.
    private sealed record ArmRow
    {
        public string Arm { get; init; } = "";

        public long Subjects { get; init; }
    }

    private sealed record WorstRow
    {
        public long TermKey { get; init; }

        public string Arm { get; init; } = "";

        public long SubjectKey { get; init; }

        public int WorstGrade { get; init; }
    }

    private sealed record ReasonRow
    {
        public int Reason { get; init; }

        public long Results { get; init; }
    }
}

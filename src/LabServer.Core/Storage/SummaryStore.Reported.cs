using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;

namespace LabServer.Core.Storage;

public sealed partial class SummaryStore
{
    private const string SelectReported = """
        SELECT CASE WHEN p.coded_term = '' THEN p.reported_term ELSE p.coded_term END AS Name, p.system_organ_class AS SystemOrganClass,
               p.onset AS Onset, p.grade AS Grade, s.arm AS Arm, s.subject_key AS SubjectKey, s.first_dose_at AS FirstDoseAt
        FROM subject s
        JOIN reported_event p ON p.subject_key = s.subject_key
        WHERE s.study_key = @StudyKey AND s.first_dose_at <> '' AND p.withdrawn = 0
          AND p.version = (SELECT MAX(q.version) FROM reported_event q WHERE q.event_id = p.event_id)
        ORDER BY Name, p.event_id
        """;

    // Names of one term are spelt in many ways: the rule set's spelling counts, else the first one.
    private static IEnumerable<SubjectWorstGrade> Reported(DbConnection connection, DbTransaction transaction, Study study, RuleSet ruleSet)
    {
        var zone = study.Zone();
        foreach (var group in connection.Query<ReportedRow>(SelectReported, study, transaction)
            .Where(row => TreatmentEmergence.MayBe(row.Onset, row.FirstDoseAt, zone))
            .GroupBy(row => row.Name.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            var term = ruleSet.Find(group.Key) is { } graded
                ? EventTerm.Of(graded)
                : new EventTerm(group.Key, group.Select(row => row.SystemOrganClass).FirstOrDefault(name => name.Length > 0) ?? "", null);
            foreach (var row in group)
            {
                yield return new SubjectWorstGrade(term, row.Arm, row.SubjectKey, row.Grade);
            }
        }
    }

    private sealed record ReportedRow
    {
        public string Name { get; init; } = "";

        public string SystemOrganClass { get; init; } = "";

        public string Onset { get; init; } = "";

        public int Grade { get; init; }

        public string Arm { get; init; } = "";

        public long SubjectKey { get; init; }

        public string FirstDoseAt { get; init; } = "";
    }
}

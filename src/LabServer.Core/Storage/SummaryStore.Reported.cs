using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;

namespace LabServer.Core.Storage;

public sealed partial class SummaryStore
{
    // A review counts while the event is what was reviewed.
    private const string SelectReported = """
        SELECT CASE WHEN p.coded_term = '' THEN p.reported_term ELSE p.coded_term END AS Name, p.system_organ_class AS SystemOrganClass,
               p.onset AS Onset, p.onset_us AS OnsetUs, p.grade AS Grade, s.subject_key AS SubjectKey, s.first_dose_at AS FirstDoseAt,
               CASE WHEN COALESCE(v.serious, 0) = 0 THEN p.serious ELSE v.serious END AS Serious,
               CASE WHEN COALESCE(v.relatedness, 0) = 0 THEN p.relatedness ELSE v.relatedness END AS Relatedness
        FROM subject s
        JOIN reported_event p ON p.subject_key = s.subject_key
        LEFT JOIN event_review v ON v.event_id = p.event_id AND v.fingerprint = p.fingerprint
            AND v.revision = (SELECT MAX(w.revision) FROM event_review w WHERE w.event_id = p.event_id)
        WHERE s.study_key = @StudyKey AND s.first_dose_at <> '' AND p.withdrawn = 0
          AND p.version = (SELECT MAX(q.version) FROM reported_event q WHERE q.event_id = p.event_id)
        ORDER BY Name, p.event_id
        """;

    // By subject. Names of one term are spelt in many ways: the rule sets' spelling counts, else the first one.
    private static ILookup<long, ReportedEvent> Reported(
        DbConnection connection, DbTransaction transaction, Study study, IncidenceQuery query, IncidenceTerms terms)
    {
        var zone = study.Zone();
        return (query.ExcludeReported ? [] : connection.Query<ReportedRow>(SelectReported, study, transaction))
            .Where(row => TreatmentEmergence.MayBe(row.Onset, row.FirstDoseAt, zone))
            .GroupBy(row => row.Name.Trim(), StringComparer.OrdinalIgnoreCase)
            .SelectMany(group =>
            {
                var term = terms.OfName(group.Key, group.Select(row => row.SystemOrganClass).FirstOrDefault(name => name.Length > 0) ?? "");
                return group.Select(row => (row.SubjectKey, Event: new ReportedEvent(
                    term, row.OnsetUs, (int)row.Grade, query.Takes((YesNo)row.Serious, (Relatedness)row.Relatedness))));
            })
            .ToLookup(row => row.SubjectKey, row => row.Event);
    }

    // Taken: as of IncidenceQuery.Takes.
    private readonly record struct ReportedEvent(EventTerm Term, long OnsetUs, int Grade, bool? Taken);

    private sealed record ReportedRow
    {
        public string Name { get; init; } = "";

        public string SystemOrganClass { get; init; } = "";

        public string Onset { get; init; } = "";

        public long OnsetUs { get; init; }

        public long Grade { get; init; }

        public long SubjectKey { get; init; }

        public string FirstDoseAt { get; init; } = "";

        public long Serious { get; init; }

        public long Relatedness { get; init; }
    }
}

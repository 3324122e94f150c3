using System.Data.Common;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;

namespace LabServer.Core.Storage;

public sealed partial class SummaryStore
{
    private const string SelectReported = """
        SELECT s.subject_key, s.first_dose_at, CASE WHEN p.coded_term = '' THEN p.reported_term ELSE p.coded_term END AS name,
               p.system_organ_class, p.onset, p.onset_us, p.grade, 0, 0
        FROM subject s
        JOIN reported_event p ON p.subject_key = s.subject_key
        WHERE s.study_key = @study_key AND s.first_dose_at <> '' AND p.withdrawn = 0
          AND p.version = (SELECT MAX(q.version) FROM reported_event q WHERE q.event_id = p.event_id)
        ORDER BY name, p.event_id
        """;

    // The same with what is said of them. A review counts while the event is what was reviewed.
    private const string SelectReportedAssessed = """
        SELECT s.subject_key, s.first_dose_at, CASE WHEN p.coded_term = '' THEN p.reported_term ELSE p.coded_term END AS name,
               p.system_organ_class, p.onset, p.onset_us, p.grade,
               CASE WHEN COALESCE(v.serious, 0) = 0 THEN p.serious ELSE v.serious END,
               CASE WHEN COALESCE(v.relatedness, 0) = 0 THEN p.relatedness ELSE v.relatedness END
        FROM subject s
        JOIN reported_event p ON p.subject_key = s.subject_key
        LEFT JOIN event_review v ON v.event_id = p.event_id AND v.fingerprint = p.fingerprint
            AND v.revision = (SELECT MAX(w.revision) FROM event_review w WHERE w.event_id = p.event_id)
        WHERE s.study_key = @study_key AND s.first_dose_at <> '' AND p.withdrawn = 0
          AND p.version = (SELECT MAX(q.version) FROM reported_event q WHERE q.event_id = p.event_id)
        ORDER BY name, p.event_id
        """;

    // By subject key. Names of one term are spelt in many ways: the rule sets' spelling counts, else the first one.
    private IEnumerable<(long SubjectKey, ReportedEvent Event)> Reported(
        DbConnection connection, DbTransaction transaction, Study study, IncidenceQuery query, IncidenceTerms terms)
    {
        var zone = study.Zone();
        return (query.ExcludeReported ? [] : ReadReported(connection, transaction, study, query.IsAssessed))
            .Where(row => TreatmentEmergence.MayBe(row.Onset, row.FirstDoseAt, zone))
            .GroupBy(row => row.Name.Trim(), StringComparer.OrdinalIgnoreCase)
            .SelectMany(group =>
            {
                var term = terms.OfName(group.Key, group.Select(row => row.SystemOrganClass).FirstOrDefault(name => name.Length > 0) ?? "");
                return group.Select(row => (row.SubjectKey, new ReportedEvent(
                    term, row.OnsetUs, (int)row.Grade, query.Takes((YesNo)row.Serious, (Relatedness)row.Relatedness))));
            });
    }

    private IEnumerable<ReportedRow> ReadReported(DbConnection connection, DbTransaction transaction, Study study, bool isAssessed)
    {
        using var rows = database.Dialect.Rows(
            connection, transaction, isAssessed ? SelectReportedAssessed : SelectReported, ("@study_key", study.StudyKey));
        while (rows.Read())
        {
            yield return new ReportedRow(
                rows.Whole(0), rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4), rows.Whole(5), rows.Whole(6), rows.Whole(7), rows.Whole(8));
        }
    }

    // Taken: as of IncidenceQuery.Takes.
    private readonly record struct ReportedEvent(EventTerm Term, long OnsetUs, int Grade, bool? Taken);

    private readonly record struct ReportedRow(
        long SubjectKey, string FirstDoseAt, string Name, string SystemOrganClass, string Onset, long OnsetUs, long Grade, long Serious,
        long Relatedness);
}

using System.Data.Common;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;

namespace LabServer.Core.Storage;

public sealed partial class SummaryStore
{
    // From an index alone. Subjects come in the order of their own, so that nothing is sorted.
    private const string SelectWorst = """
        SELECT e.subject_key, e.term_key, MAX(e.worst_grade), COUNT(*)
        FROM subject s CROSS JOIN adverse_event e
        WHERE s.study_key = @study_key AND s.first_dose_at <> '' AND e.subject_key = s.subject_key
        GROUP BY s.subject_id, e.subject_key, e.test_key, e.term_key
        """;

    // Periods are days of each subject, so it takes every onset.
    private const string SelectOnsets = """
        SELECT e.subject_key, e.term_key, e.worst_grade, 1, e.onset_us
        FROM subject s CROSS JOIN adverse_event e
        WHERE s.study_key = @study_key AND s.first_dose_at <> '' AND e.subject_key = s.subject_key
        """;

    // From the reviews to their events, since reviews are few. One counts while the event is what was reviewed: what an
    // officer said of another grade is no answer for this one.
    private const string SelectReviewed = """
        SELECT e.subject_key, e.term_key, e.worst_grade, e.onset_us, v.serious, v.relatedness
        FROM event_review v CROSS JOIN adverse_event e
        WHERE e.event_id = v.event_id AND e.fingerprint = v.fingerprint
          AND v.revision = (SELECT MAX(w.revision) FROM event_review w WHERE w.event_id = v.event_id)
        """;

    // Subjects without an event are left out: the denominators know them.
    private IEnumerable<SubjectEvents> Events(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<StratumSubject> subjects, Study study, IncidenceQuery query, IncidenceTerms terms)
    {
        var zone = study.Zone();
        var found = subjects.ToDictionary(
            subject => subject.SubjectKey,
            subject => new FoundEvents(terms, OnsetPeriod.Of(query.FromDay, query.ToDay, subject.FirstDoseAt, zone)));
        AddGraded(connection, transaction, study, query, terms, found);
        if (query.IsAssessed)
        {
            AddReviewed(connection, transaction, query, terms, found);
        }

        foreach (var (subjectKey, report) in Reported(connection, transaction, study, query, terms))
        {
            if (found.TryGetValue(subjectKey, out var own) && own.Period.Contains(report.OnsetUs))
            {
                own.Add(report.Term, report.Grade, 1, report.Taken);
            }
        }

        return subjects.Select(subject => found[subject.SubjectKey].Of(subject)).OfType<SubjectEvents>();
    }

    // With a filter, as if nobody had said anything of them; reviews then put it right.
    private void AddGraded(
        DbConnection connection, DbTransaction transaction, Study study, IncidenceQuery query, IncidenceTerms terms, Dictionary<long, FoundEvents> found)
    {
        var byOnset = query.FromDay is not null || query.ToDay is not null;
        var taken = query.Takes(YesNo.Unspecified, Relatedness.None);
        using var rows = database.Dialect.Rows(connection, transaction, byOnset ? SelectOnsets : SelectWorst, ("@study_key", study.StudyKey));
        while (rows.Read())
        {
            if (found.TryGetValue(rows.Whole(0), out var own) && terms.OfKey(rows.Whole(1)) is { } term
                && (!byOnset || own.Period.Contains(rows.Whole(4))))
            {
                own.Add(term, (int)rows.Whole(2), (int)rows.Whole(3), taken);
            }
        }
    }

    private void AddReviewed(
        DbConnection connection, DbTransaction transaction, IncidenceQuery query, IncidenceTerms terms, Dictionary<long, FoundEvents> found)
    {
        using var rows = database.Dialect.Rows(connection, transaction, SelectReviewed);
        while (rows.Read())
        {
            if (found.TryGetValue(rows.Whole(0), out var own) && terms.OfKey(rows.Whole(1)) is { } term && own.Period.Contains(rows.Whole(3)))
            {
                own.Review(term, (int)rows.Whole(2), query.Takes((YesNo)rows.Whole(4), (Relatedness)rows.Whole(5)));
            }
        }
    }

    // What one subject has.
    private sealed class FoundEvents(IncidenceTerms terms, OnsetPeriod period)
    {
        // A term of one table is one object, and hashing its texts anew for every row would cost more than reading it.
        private readonly Dictionary<EventTerm, int> _worst = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<EventTerm, int> _excluded = new(ReferenceEqualityComparer.Instance);
        private int _unassessed;

        public OnsetPeriod Period => period;

        public void Add(EventTerm term, int grade, int events, bool? taken)
        {
            var excluded = terms.IsExcluded(term);
            if (taken is true)
            {
                var worst = excluded ? _excluded : _worst;
                worst[term] = Math.Max(grade, worst.GetValueOrDefault(term));
            }
            else if (taken is null && !excluded)
            {
                _unassessed += events;
            }
        }

        /// <summary>Counts by its review an event that was counted as one without.</summary>
        public void Review(EventTerm term, int grade, bool? taken)
        {
            _unassessed -= terms.IsExcluded(term) ? 0 : 1;
            Add(term, grade, 1, taken);
        }

        public SubjectEvents? Of(StratumSubject subject) =>
            _worst.Count + _excluded.Count + _unassessed == 0 ? null : new SubjectEvents(subject, _worst, _excluded, _unassessed);
    }
}

using System.Data.Common;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;

namespace LabServer.Core.Storage;

public sealed partial class SummaryStore
{
    // Subject by subject, in the order of the key: nothing is sorted, and only the subjects of the summary are read.
    private const string SelectWorst = """
        SELECT e.term_key, MAX(e.worst_grade), COUNT(*), 0, 0
        FROM adverse_event e
        WHERE e.subject_key = @subject_key AND e.onset_us >= @from_us AND e.onset_us < @until_us
        GROUP BY e.test_key, e.term_key
        """;

    // A review counts while the event is what was reviewed: what an officer said of another grade is no answer for this one.
    private const string SelectAssessed = """
        SELECT e.term_key, MAX(e.worst_grade), COUNT(*), COALESCE(v.serious, 0), COALESCE(v.relatedness, 0)
        FROM adverse_event e
        LEFT JOIN event_review v ON v.event_id = e.event_id AND v.fingerprint = e.fingerprint
            AND v.revision = (SELECT MAX(w.revision) FROM event_review w WHERE w.event_id = e.event_id)
        WHERE e.subject_key = @subject_key AND e.onset_us >= @from_us AND e.onset_us < @until_us
        GROUP BY e.test_key, e.term_key, COALESCE(v.serious, 0), COALESCE(v.relatedness, 0)
        """;

    // Subjects without an event are left out: the denominators know them.
    private static IEnumerable<SubjectEvents> Events(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<StratumSubject> subjects, ILookup<long, ReportedEvent> reported,
        Study study, IncidenceQuery query, IncidenceTerms terms)
    {
        var zone = study.Zone();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = query.IsAssessed ? SelectAssessed : SelectWorst;
        foreach (var name in (string[])["@subject_key", "@from_us", "@until_us"])
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        foreach (var subject in subjects)
        {
            var period = OnsetPeriod.Of(query.FromDay, query.ToDay, subject.FirstDoseAt, zone);
            var found = new FoundEvents(terms);
            command.Bind(subject.SubjectKey, period.FromUs, period.UntilUs);
            using (var reader = command.ExecuteReader())
            {
                while (reader.Read())
                {
                    if (terms.OfKey(reader.GetInt64(0)) is { } term)
                    {
                        var taken = query.Takes((YesNo)reader.GetInt32(3), (Relatedness)reader.GetInt32(4));
                        found.Add(term, reader.GetInt32(1), reader.GetInt32(2), taken);
                    }
                }
            }

            foreach (var report in reported[subject.SubjectKey].Where(report => period.Contains(report.OnsetUs)))
            {
                found.Add(report.Term, report.Grade, 1, report.Taken);
            }

            if (found.Of(subject) is { } events)
            {
                yield return events;
            }
        }
    }

    // What one subject has.
    private sealed class FoundEvents(IncidenceTerms terms)
    {
        // A term of one table is one object, and hashing its texts anew for every row would cost more than reading it.
        private readonly Dictionary<EventTerm, int> _worst = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<EventTerm, int> _excluded = new(ReferenceEqualityComparer.Instance);
        private int _unassessed;

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

        public SubjectEvents? Of(StratumSubject subject) =>
            _worst.Count + _excluded.Count + _unassessed == 0 ? null : new SubjectEvents(subject, _worst, _excluded, _unassessed);
    }
}

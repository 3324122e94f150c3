using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

public sealed partial class GradeStore
{
    private const string SelectEvents = """
        SELECT term_key, onset_us, onset_result_key, last_result_key, end_result_key, baseline_grade, worst_grade, event_id, fingerprint
        FROM adverse_event WHERE subject_key = @subject_key AND test_key = @test_key
        ORDER BY term_key, onset_us, onset_result_key
        """;

    private const string DeleteEvent = """
        DELETE FROM adverse_event WHERE subject_key = @subject_key AND test_key = @test_key AND term_key = @term_key
            AND onset_us = @onset_us AND onset_result_key = @onset_result_key
        """;

    private const string InsertEvent = """
        INSERT INTO adverse_event (subject_key, test_key, term_key, onset_us, onset_result_key, last_result_key, end_result_key,
            baseline_grade, worst_grade, event_id, fingerprint)
        VALUES (@subject_key, @test_key, @term_key, @onset_us, @onset_result_key, @last_result_key, @end_result_key, @baseline_grade,
            @worst_grade, @event_id, @fingerprint)
        """;

    // Each anchor by the results that it is of: a newer version of a result is the same anchor.
    private const string SelectAnchors = """
        SELECT r.result_key, e.event_id
        FROM event_identity e JOIN result r ON r.laboratory_key = e.laboratory_key AND r.source_result_id = e.source_result_id
        WHERE e.subject_key = @subject_key AND e.term_key = @term_key
        """;

    private const string SelectIdentity = """
        SELECT l.laboratory, r.source_result_id
        FROM result r JOIN laboratory l ON l.laboratory_key = r.laboratory_key WHERE r.result_key = @result_key
        """;

    private const string InsertAnchor = """
        INSERT INTO event_identity (subject_key, term_key, laboratory_key, source_result_id, event_id)
        SELECT @subject_key, @term_key, r.laboratory_key, r.source_result_id, @event_id FROM result r WHERE r.result_key = @result_key
        """;

    private long WriteEvents(WriteSession session, Study study, string subjectId, SeriesRow series, SeriesGrades grades)
    {
        var stored = ReadEvents(session, series);
        if (stored.Count == 0 && grades.Terms.All(term => term.Events.Count == 0))
        {
            return 0;
        }

        var found = grades.Terms.SelectMany(term => Rows(session, study, subjectId, series, term)).ToList();
        var gone = stored.Except(found.Select(entry => entry.Row)).ToList();
        var added = found.Where(entry => !stored.Contains(entry.Row)).ToList();
        foreach (var row in gone)
        {
            session.Rows(DeleteEvent)
                .Add(series.SubjectKey).Add(series.TestKey).Add(row.TermKey).Add(row.OnsetUs).Add(row.OnsetResultKey).RunLater();
        }

        foreach (var (row, _, _) in added)
        {
            session.Rows(InsertEvent)
                .Add(series.SubjectKey).Add(series.TestKey).Add(row.TermKey).Add(row.OnsetUs).Add(row.OnsetResultKey).Add(row.LastResultKey)
                .Add(row.EndResultKey).Add(row.BaselineGrade).Add(row.WorstGrade).Add(row.EventId).Add(row.Fingerprint).RunLater();
        }

        LogEvents(session, study, subjectId, series, gone, added);

        // A row of before there were fingerprints that gets its own is no difference.
        var filled = gone.Count(row => row.Fingerprint.Length == 0 && added.Exists(entry => entry.Row with { Fingerprint = "" } == row));
        return gone.Count + added.Count - (2 * filled);
    }

    private IEnumerable<(EventRow Row, TermGrades Term, SeriesEvent Event)> Rows(
        WriteSession session, Study study, string subjectId, SeriesRow series, TermGrades term)
    {
        var termKey = ruleSets.TermKey(term.Term);
        var anchors = term.Events.Count > 0 ? Anchors(session, series.SubjectKey, termKey) : [];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var found in term.Events)
        {
            var members = found.Members.Select(i => series.Observations[i]).ToList();
            var eventId = KnownId(anchors, members, taken)
                ?? NewId(session, study, subjectId, series.SubjectKey, term.Term, members[0].ResultKey);
            taken.Add(eventId);
            var row = new EventRow(
                termKey,
                members[0].CollectedUs,
                members[0].ResultKey,
                members[^1].ResultKey,
                found.EndIndex is { } end ? series.Observations[end].ResultKey : null,
                found.BaselineGrade,
                found.WorstGrade,
                eventId,
                EventFingerprint.Of(
                    found.BaselineGrade,
                    found.EndIndex is { } at ? series.Observations[at].CollectedAt : null,
                    found.Members.Select(i => (series.Observations[i].CollectedAt, term.Outcomes[i].Grade!.Value))));
            yield return (row, term, found);
        }
    }

    // The first member in time that is an anchor decides. Two events never share an id: when a run was split, the
    // earlier part keeps it.
    private static string? KnownId(Dictionary<long, string> anchors, List<Observation> members, HashSet<string> taken)
    {
        foreach (var member in members)
        {
            if (anchors.TryGetValue(member.ResultKey, out var id) && !taken.Contains(id))
            {
                return id;
            }
        }

        return null;
    }

    private static Dictionary<long, string> Anchors(WriteSession session, long subjectKey, long termKey)
    {
        var anchors = new Dictionary<long, string>();
        session.Rows(SelectAnchors).Add(subjectKey).Add(termKey).Each(row => anchors.Add(row.Whole(0), row.Text(1)));
        return anchors;
    }

    // Made of what the onset is, not of a counter: the same results graded first in one go give the same ids anywhere.
    private string NewId(WriteSession session, Study study, string subjectId, long subjectKey, Term term, long resultKey)
    {
        var (ruleSet, _) = ruleSets.Term(ruleSets.TermKey(term));
        var (laboratory, sourceResultId) = Identity(session, resultKey);
        var eventId = EventIds.Graded(study.StudyId, subjectId, ruleSet.Id, term.Name, laboratory, sourceResultId);
        session.Rows(InsertAnchor).Add(subjectKey).Add(ruleSets.TermKey(term)).Add(eventId).Add(resultKey).RunLater();
        return eventId;
    }

    private static List<EventRow> ReadEvents(WriteSession session, SeriesRow series)
    {
        var rows = new List<EventRow>();
        session.Rows(SelectEvents).Add(series.SubjectKey).Add(series.TestKey).Each(row => rows.Add(new EventRow(
            row.Whole(0), row.Whole(1), row.Whole(2), row.Whole(3), row.Key(4), row.Key(5), row.Whole(6), row.Text(7), row.Text(8))));
        return rows;
    }

    private static (string Laboratory, string SourceResultId) Identity(WriteSession session, long resultKey)
    {
        var identity = default((string, string));
        return session.Rows(SelectIdentity).Add(resultKey).Find(row => identity = (row.Text(0), row.Text(1)))
            ? identity
            : throw new InvalidOperationException($"There is no result {resultKey}.");
    }
}

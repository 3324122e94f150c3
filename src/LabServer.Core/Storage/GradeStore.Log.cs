using Dapper;
using LabServer.Core.Grading;

namespace LabServer.Core.Storage;

public sealed partial class GradeStore
{
    private const string CountElsewhere = """
        SELECT COUNT(*) FROM adverse_event WHERE subject_key = @subject_key AND test_key <> @test_key AND event_id = @event_id
        """;

    private const string SelectLastSnapshot = """
        SELECT snapshot FROM event_change
        WHERE event_id = @eventId AND change_key = (SELECT MAX(change_key) FROM event_change WHERE event_id = @eventId)
        """;

    private const string SelectCollectedAt = "SELECT collected_at FROM result WHERE result_key = @resultKey";

    private const string InsertRemoved = """
        INSERT INTO removed_event (event_id, subject_key, rule_set_id, term, onset_us, worst_grade, removed_us, snapshot)
        VALUES (@EventId, @subjectKey, @RuleSetId, @term, @OnsetUs, @WorstGrade, @removedUs, @snapshot)
        """;

    private const string DeleteRemoved = "DELETE FROM removed_event WHERE event_id = @event_id";

    // The rows of an event that changed are gone and added: together they are one change of it.
    private void LogEvents(
        WriteSession session,
        Study study,
        string subjectId,
        SeriesRow series,
        List<EventRow> gone,
        List<(EventRow Row, TermGrades Term, SeriesEvent Event)> added)
    {
        foreach (var row in gone.Where(row => !added.Exists(entry => entry.Row.EventId == row.EventId)))
        {
            LogRemoved(session, study, subjectId, series, row);
        }

        foreach (var (row, term, found) in added)
        {
            var before = gone.Find(old => old.EventId == row.EventId);
            if (before is not null && before.Fingerprint == row.Fingerprint)
            {
                // Only newer versions of the same results: what the event shows is the same.
                continue;
            }

            var after = Event(session, subjectId, series, row, term, found);
            alerts.WriteEvent(session, study.StudyKey, series.SubjectKey, after);
            if (before is not null && before == row with { Fingerprint = "" })
            {
                continue;
            }

            if (before is null)
            {
                session.Rows(DeleteRemoved).Add(row.EventId).RunLater();
            }

            // A result that was amended to another test takes its event along, from one series to another.
            var kind = before is null && !IsElsewhere(session, series, row.EventId) ? EventChangeKind.Added : EventChangeKind.Changed;
            log.LogChange(
                session, study.StudyKey, (kind, EventCause.Grading, ""), before?.Fingerprint, (int)(before?.WorstGrade ?? 0), after);
        }
    }

    private void LogRemoved(WriteSession session, Study study, string subjectId, SeriesRow series, EventRow row)
    {
        if (IsElsewhere(session, series, row.EventId))
        {
            return;
        }

        var snapshot = session.Connection.QuerySingleOrDefault<string>(SelectLastSnapshot, new { eventId = row.EventId }, session.Transaction);
        var after = (snapshot is null ? Event(session, subjectId, row) : EventJson.Read(snapshot)) with { Removed = true, Fingerprint = row.Fingerprint };
        session.Connection.Execute(
            InsertRemoved,
            new
            {
                after.EventId,
                subjectKey = series.SubjectKey,
                after.RuleSetId,
                term = after.Term.Name,
                after.OnsetUs,
                after.WorstGrade,
                removedUs = log.NowUs,
                snapshot = EventJson.Write(after with { Review = null }),
            },
            session.Transaction);
        alerts.WriteEvent(session, study.StudyKey, series.SubjectKey, after);
        log.LogChange(session, study.StudyKey, (EventChangeKind.Removed, EventCause.Grading, ""), row.Fingerprint, (int)row.WorstGrade, after);
    }

    private AdverseEvent Event(
        WriteSession session, string subjectId, SeriesRow series, EventRow row, TermGrades term, SeriesEvent found) =>
        new(
            row.EventId,
            ruleSets.Term(row.TermKey).RuleSet.Id,
            subjectId,
            EventTerm.Of(term.Term),
            series.Observations[found.Members[0]].CollectedAt,
            found.EndIndex is { } end ? series.Observations[end].CollectedAt : null,
            found.BaselineGrade,
            found.WorstGrade,
            row.OnsetUs,
            [.. found.Members.Select(i => Point(session, series.Observations[i], term.Outcomes[i].Grade!.Value))])
        {
            Fingerprint = row.Fingerprint,
        };

    // As far as it can be told of an event that was stored before there was a log: its results may be regraded already.
    private AdverseEvent Event(WriteSession session, string subjectId, EventRow row)
    {
        var (ruleSet, term) = ruleSets.Term(row.TermKey);
        return new AdverseEvent(
            row.EventId,
            ruleSet.Id,
            subjectId,
            EventTerm.Of(term),
            CollectedAt(session, row.OnsetResultKey),
            row.EndResultKey is { } end ? CollectedAt(session, end) : null,
            (int?)row.BaselineGrade,
            (int)row.WorstGrade,
            row.OnsetUs,
            []);
    }

    private static GradePoint Point(WriteSession session, in Observation observation, int grade)
    {
        var (laboratory, sourceResultId) = Identity(session, observation.ResultKey);
        return new GradePoint
        {
            CollectedUs = observation.CollectedUs,
            CollectedAt = observation.CollectedAt,
            Grade = grade,
            Laboratory = laboratory,
            SourceResultId = sourceResultId,
        };
    }

    private static string CollectedAt(WriteSession session, long resultKey) =>
        session.Connection.QuerySingle<string>(SelectCollectedAt, new { resultKey }, session.Transaction);

    private static bool IsElsewhere(WriteSession session, SeriesRow series, string eventId)
    {
        var elsewhere = 0L;
        session.Rows(CountElsewhere).Add(series.SubjectKey).Add(series.TestKey).Add(eventId).Find(row => elsewhere = row.Whole(0));
        return elsewhere > 0;
    }
}

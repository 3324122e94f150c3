using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>
/// Alerts: raised in the transaction that writes their cause, withdrawn in the one that takes it away, opened again when
/// it comes back.
/// </summary>
public sealed partial class AlertStore(Database database, CurrentCatalogue catalogue, TimeProvider time)
{
    private const int FirstGrade = 3;
    private const int LastGrade = 5;

    // The second condition is that of the index, which without it is of no use to a parameter.
    private const string SelectOfEvent = "SELECT alert_id, level, state, value FROM alert WHERE event_id = @event_id AND event_id <> ''";

    private const string InsertAlert = """
        INSERT INTO alert (alert_id, study_key, subject_key, kind, level, state, event_id, test_key, laboratory_key, source_result_id,
            what, value, happened_at, raised_us, changed_us, acknowledged_by, acknowledged_us, comment)
        VALUES (@alert_id, @study_key, @subject_key, @kind, @level, @state, @event_id, @test_key, @laboratory_key, @source_result_id,
            @what, @value, @happened_at, @now_us, @now_us, '', NULL, '')
        """;

    private const string UpdateAlert = """
        UPDATE alert SET state = @state, value = @value, changed_us = @now_us, acknowledged_by = '', acknowledged_us = NULL, comment = ''
        WHERE alert_id = @alert_id
        """;

    private const string InsertState = """
        INSERT INTO alert_state (alert_id, state, at_us, made_by, comment) VALUES (@alert_id, @state, @now_us, @made_by, @comment)
        """;

    /// <summary>
    /// Alerts for the worst grade of an event. Those for a lower grade stay, so that a rise from 3 to 4 is told beside
    /// what was told before; those for a higher one are withdrawn.
    /// </summary>
    internal void WriteEvent(WriteSession session, long studyKey, long subjectKey, AdverseEvent found)
    {
        var known = new List<StoredAlert>();
        session.Rows(SelectOfEvent).Add(found.EventId).Each(row => known.Add(StoredAlert.Of(row)));
        var worst = found.Removed ? 0 : found.WorstGrade;
        foreach (var alert in known.Where(alert => alert.Level > worst && alert.State != (long)AlertState.Withdrawn).OrderBy(alert => alert.Level))
        {
            Set(session, alert.AlertId, AlertState.Withdrawn, alert.Value);
        }

        if (worst is < FirstGrade or > LastGrade)
        {
            return;
        }

        Raise(session, known, new AlertCause
        {
            AlertId = AlertCause.Id(AlertKind.EventGrade, worst, found.EventId),
            StudyKey = studyKey,
            SubjectKey = subjectKey,
            Kind = AlertKind.EventGrade,
            Level = worst,
            EventId = found.EventId,
            What = found.Term.Name,
            HappenedAt = found.Onset,
        });
    }

    private void Raise(WriteSession session, List<StoredAlert> known, AlertCause cause)
    {
        var stored = known.Find(alert => alert.AlertId == cause.AlertId);
        if (stored is null)
        {
            session.Rows(InsertAlert)
                .Add(cause.AlertId).Add(cause.StudyKey).Add(cause.SubjectKey).Add((int)cause.Kind).Add(cause.Level).Add((int)AlertState.Open)
                .Add(cause.EventId).Add(cause.TestKey).Add(cause.LaboratoryKey).Add(cause.SourceResultId).Add(cause.What).Add(cause.Value)
                .Add(cause.HappenedAt).Add(Clock.NowUs(time)).RunLater();
            Note(session, cause.AlertId, AlertState.Open, "", "");
        }
        else if (stored.State == (long)AlertState.Withdrawn || stored.Value != cause.Value)
        {
            // Of another value nobody has taken note, even if the one before it was acknowledged.
            Set(session, cause.AlertId, AlertState.Open, cause.Value);
        }
    }

    private void Set(WriteSession session, string alertId, AlertState state, string value)
    {
        session.Rows(UpdateAlert).Add((int)state).Add(value).Add(Clock.NowUs(time)).Add(alertId).RunLater();
        Note(session, alertId, state, "", "");
    }

    private void Note(WriteSession session, string alertId, AlertState state, string madeBy, string comment) =>
        session.Rows(InsertState).Add(alertId).Add((int)state).Add(Clock.NowUs(time)).Add(madeBy).Add(comment).RunLater();

    private sealed record StoredAlert(string AlertId, long Level, long State, string Value)
    {
        public static StoredAlert Of(RowStatement row) => new(row.Text(0), row.Whole(1), row.Whole(2), row.Text(3));
    }
}

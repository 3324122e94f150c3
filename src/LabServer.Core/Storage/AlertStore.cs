using Dapper;
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

    private const string SelectOfEvent =
        "SELECT alert_id AS AlertId, level AS Level, state AS State, value AS Value FROM alert WHERE event_id = @eventId ORDER BY level";

    private const string InsertAlert = """
        INSERT INTO alert (alert_id, study_key, subject_key, kind, level, state, event_id, test_key, laboratory_key, source_result_id,
            what, value, happened_at, raised_us, changed_us, acknowledged_by, acknowledged_us, comment)
        VALUES (@AlertId, @StudyKey, @SubjectKey, @Kind, @Level, @state, @EventId, @TestKey, @LaboratoryKey, @SourceResultId,
            @What, @Value, @HappenedAt, @nowUs, @nowUs, '', NULL, '')
        """;

    private const string UpdateAlert = """
        UPDATE alert SET state = @state, value = @value, changed_us = @nowUs, acknowledged_by = '', acknowledged_us = NULL, comment = ''
        WHERE alert_id = @alertId
        """;

    private const string InsertState = """
        INSERT INTO alert_state (alert_id, state, at_us, made_by, comment) VALUES (@alertId, @state, @nowUs, @madeBy, @comment)
        """;

    /// <summary>
    /// Alerts for the worst grade of an event. Those for a lower grade stay, so that a rise from 3 to 4 is told beside
    /// what was told before; those for a higher one are withdrawn.
    /// </summary>
    internal void WriteEvent(WriteSession session, long studyKey, long subjectKey, AdverseEvent found)
    {
        var known = session.Connection.Query<StoredAlert>(SelectOfEvent, new { eventId = found.EventId }, session.Transaction).AsList();
        var worst = found.Removed ? 0 : found.WorstGrade;
        foreach (var alert in known.Where(alert => alert.Level > worst && alert.State != (long)AlertState.Withdrawn))
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
            session.Connection.Execute(
                InsertAlert,
                new
                {
                    cause.AlertId,
                    cause.StudyKey,
                    cause.SubjectKey,
                    Kind = (int)cause.Kind,
                    cause.Level,
                    state = (int)AlertState.Open,
                    cause.EventId,
                    cause.TestKey,
                    cause.LaboratoryKey,
                    cause.SourceResultId,
                    cause.What,
                    cause.Value,
                    cause.HappenedAt,
                    nowUs = Clock.NowUs(time),
                },
                session.Transaction);
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
        session.Connection.Execute(UpdateAlert, new { alertId, state = (int)state, value, nowUs = Clock.NowUs(time) }, session.Transaction);
        Note(session, alertId, state, "", "");
    }

    private void Note(WriteSession session, string alertId, AlertState state, string madeBy, string comment) => session.Connection.Execute(
        InsertState, new { alertId, state = (int)state, nowUs = Clock.NowUs(time), madeBy, comment }, session.Transaction);

    private sealed record StoredAlert(string AlertId, long Level, long State, string Value);
}

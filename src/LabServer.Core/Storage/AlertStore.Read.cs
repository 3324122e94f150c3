using Dapper;
using LabServer.Core.Audit;

namespace LabServer.Core.Storage;

public sealed partial class AlertStore
{
    private const string SelectColumns = """
        SELECT a.alert_key AS AlertKey, a.alert_id AS AlertId, a.kind AS Kind, a.level AS Level, a.state AS State, s.subject_id AS SubjectId,
               a.event_id AS EventId, l.laboratory AS Laboratory, a.source_result_id AS SourceResultId, a.what AS What,
               a.value AS Value, a.happened_at AS HappenedAt, a.raised_us AS RaisedUs, a.changed_us AS ChangedUs,
               a.acknowledged_by AS AcknowledgedBy, a.acknowledged_us AS AcknowledgedUs, a.comment AS Comment,
               r.rule_set_id AS RuleSetId
        FROM alert a
        JOIN subject s ON s.subject_key = a.subject_key
        LEFT JOIN laboratory l ON l.laboratory_key = a.laboratory_key
        LEFT JOIN event_identity i ON i.event_id = a.event_id
        LEFT JOIN term t ON t.term_key = i.term_key
        LEFT JOIN rule_set r ON r.rule_set_key = t.rule_set_key
        WHERE a.study_key = @studyKey
        """;

    private const string SelectPage = SelectColumns + """
         AND a.alert_key > @after AND (@state = 0 OR a.state = @state)
        ORDER BY a.alert_key
        """;

    private const string SelectOne = SelectColumns + " AND a.alert_id = @alertId";

    private const string UpdateAcknowledged = """
        UPDATE alert SET state = @state, changed_us = @nowUs, acknowledged_by = @by, acknowledged_us = @nowUs, comment = @comment
        WHERE alert_id = @alertId
        """;

    /// <summary>Alerts in the order in which they were first raised.</summary>
    /// <param name="studyKey">The study.</param>
    /// <param name="state">Only in this state; null: all.</param>
    /// <param name="after">Behind this alert key; 0: from the start.</param>
    /// <param name="take">At most this many.</param>
    public IReadOnlyList<Alert> List(long studyKey, AlertState? state, long after, int take)
    {
        using var connection = database.Read();
        return [.. connection.Query<Row>(
            database.Dialect.TakeFirst(SelectPage), new { studyKey, state = (int)(state ?? 0), after, Take = take }).Select(row => row.ToAlert())];
    }

    /// <summary>The alert; null: the study has none of this id.</summary>
    public Alert? Find(long studyKey, string alertId)
    {
        using var connection = database.Read();
        return connection.QuerySingleOrDefault<Row>(SelectOne, new { studyKey, alertId })?.ToAlert();
    }

    /// <summary>
    /// Notes that somebody has looked. Of an alert that is not open nothing changes: the first acknowledgement stands.
    /// Nor of one that changed after the caller looked. Returns the alert as it is then, and whether it is another than
    /// was looked at; null: the study has none of this id.
    /// </summary>
    /// <param name="studyKey">The study.</param>
    /// <param name="alertId">The alert.</param>
    /// <param name="expectedUs">When the alert that the caller looked at had last changed; null: whenever.</param>
    /// <param name="by">Who looked.</param>
    /// <param name="comment">In their words.</param>
    /// <param name="cancellation">Gives up waiting for the writer.</param>
    public Task<(Alert? Alert, bool Changed)> Acknowledge(
        long studyKey, string alertId, long? expectedUs, string by, string comment, CancellationToken cancellation) =>
        database.Writer.Run(
            session =>
            {
                var found = Read();
                if (found is not null && expectedUs is { } expected && expected != found.ChangedUs)
                {
                    return (found, true);
                }

                if (found is { State: AlertState.Open })
                {
                    session.Connection.Execute(
                        UpdateAcknowledged,
                        new { alertId, state = (int)AlertState.Acknowledged, nowUs = Clock.NowUs(time), by, comment },
                        session.Transaction);
                    Note(session, alertId, AlertState.Acknowledged, by, comment);
                    var entry = AuditEntry.Of(new Author(by, comment), AuditAction.AlertAcknowledged, AuditTrail.StudyId(session, studyKey), alertId);
                    AuditTrail.Append(session, entry with
                    {
                        Before = AuditJson.Write(new { found.State, found.Kind, found.SubjectId, found.What }),
                        After = AuditJson.Write(new { State = AlertState.Acknowledged }),
                    });
                }

                return (Read(), false);

                Alert? Read() => session.Connection
                    .QuerySingleOrDefault<Row>(SelectOne, new { studyKey, alertId }, session.Transaction)?.ToAlert();
            },
            rows: 2,
            cancellation);

    private sealed record Row(
        long AlertKey,
        string AlertId,
        long Kind,
        long Level,
        long State,
        string SubjectId,
        string EventId,
        string? Laboratory,
        string SourceResultId,
        string What,
        string Value,
        string HappenedAt,
        long RaisedUs,
        long ChangedUs,
        string AcknowledgedBy,
        long? AcknowledgedUs,
        string Comment,
        string? RuleSetId)
    {
        public Alert ToAlert() => new()
        {
            AlertKey = AlertKey,
            AlertId = AlertId,
            Kind = (AlertKind)Kind,
            Level = (int)Level,
            State = (AlertState)State,
            SubjectId = SubjectId,
            EventId = EventId,
            Laboratory = Laboratory ?? "",
            SourceResultId = SourceResultId,
            What = What,
            Value = Value,
            HappenedAt = HappenedAt,
            RaisedUs = RaisedUs,
            ChangedUs = ChangedUs,
            AcknowledgedBy = AcknowledgedBy,
            AcknowledgedUs = AcknowledgedUs,
            Comment = Comment,
            RuleSetId = RuleSetId ?? "",
        };
    }
}

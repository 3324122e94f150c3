using System.Collections.Concurrent;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

public sealed partial class AlertStore
{
    private const string SelectTest = "SELECT test FROM test WHERE test_key = @testKey";

    private const string SelectOfSeries = """
        SELECT alert_id AS AlertId, level AS Level, state AS State, value AS Value
        FROM alert WHERE subject_key = @SubjectKey AND test_key = @TestKey AND event_id = ''
        """;

    private const string SelectCritical = """
        SELECT l.laboratory_key AS LaboratoryKey, l.laboratory AS Laboratory, r.source_result_id AS SourceResultId,
               r.reported_value AS ReportedValue, r.reported_unit AS ReportedUnit, r.collected_at AS CollectedAt
        FROM result r JOIN laboratory l ON l.laboratory_key = r.laboratory_key WHERE r.result_key = @resultKey
        """;

    private readonly ConcurrentDictionary<long, string> _tests = new();

    /// <summary>Alerts for the results of a series that are beyond a critical limit, before and after first dose alike.</summary>
    internal void WriteCriticalValues(WriteSession session, Study study, string subjectId, SeriesRow series)
    {
        var test = catalogue.Value.FindKey(TestName(session, series.TestKey));
        var causes = test?.Critical is null ? [] : Causes(session, study, subjectId, series, test, test.Critical);

        // A test that lost its limits, in a newer catalogue, may have alerts still.
        var known = session.Connection.Query<StoredAlert>(SelectOfSeries, series, session.Transaction).AsList();
        foreach (var alert in known.Where(alert => alert.State != (long)AlertState.Withdrawn && !causes.Exists(cause => cause.AlertId == alert.AlertId)))
        {
            Set(session, alert.AlertId, AlertState.Withdrawn, alert.Value);
        }

        foreach (var cause in causes)
        {
            Raise(session, known, cause);
        }
    }

    private static List<AlertCause> Causes(
        WriteSession session, Study study, string subjectId, SeriesRow series, TestDefinition test, CriticalLimits limits)
    {
        var causes = new List<AlertCause>();
        foreach (var observation in series.Observations)
        {
            if (Standard(observation, test) is { } value && limits.Beyond(value, observation.Qualifier) is { } side)
            {
                causes.Add(Cause(session, study, subjectId, series, test, observation.ResultKey, side));
            }
        }

        return causes;
    }

    // A bound has no standard value of its own.
    private static double? Standard(in Observation observation, TestDefinition test) =>
        observation.StandardValue
        ?? (observation.Value is { } number && FifteenDigits.FitsDecimal(number) ? test.FindUnit(observation.Unit)?.ToStandard((decimal)number) : null);

    private static AlertCause Cause(
        WriteSession session, Study study, string subjectId, SeriesRow series, TestDefinition test, long resultKey, CriticalSide side)
    {
        var result = session.Connection.QuerySingle<CriticalRow>(SelectCritical, new { resultKey }, session.Transaction);
        return new AlertCause
        {
            AlertId = AlertCause.Id(AlertKind.CriticalValue, (int)side, study.StudyId, subjectId, test.Key, result.Laboratory, result.SourceResultId),
            StudyKey = study.StudyKey,
            SubjectKey = series.SubjectKey,
            Kind = AlertKind.CriticalValue,
            Level = (int)side,
            TestKey = series.TestKey,
            LaboratoryKey = result.LaboratoryKey,
            SourceResultId = result.SourceResultId,
            What = test.Key,
            Value = $"{result.ReportedValue} {result.ReportedUnit}".Trim(),
            HappenedAt = result.CollectedAt,
        };
    }

    // A series exists only of tests that are committed, so what is found here stays.
    private string TestName(WriteSession session, long testKey) => _tests.TryGetValue(testKey, out var known)
        ? known
        : _tests[testKey] = session.Connection.QuerySingle<string>(SelectTest, new { testKey }, session.Transaction);

    private sealed record CriticalRow(
        long LaboratoryKey, string Laboratory, string SourceResultId, string ReportedValue, string ReportedUnit, string CollectedAt);
}

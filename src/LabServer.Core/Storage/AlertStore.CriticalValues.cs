using System.Collections.Concurrent;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

public sealed partial class AlertStore
{
    private const string SelectTest = "SELECT test FROM test WHERE test_key = @testKey";

    private const string SelectOfSeries = """
        SELECT alert_id, level, state, value FROM alert WHERE subject_key = @subject_key AND test_key = @test_key AND event_id = ''
        """;

    private const string SelectCritical = """
        SELECT l.laboratory_key, l.laboratory, r.source_result_id, r.reported_value, r.reported_unit, r.collected_at
        FROM result r JOIN laboratory l ON l.laboratory_key = r.laboratory_key WHERE r.result_key = @result_key
        """;

    private readonly ConcurrentDictionary<long, string> _tests = new();

    /// <summary>Alerts for the results of a series that are beyond a critical limit, before and after first dose alike.</summary>
    internal void WriteCriticalValues(WriteSession session, Study study, string subjectId, SeriesRow series)
    {
        var test = catalogue.Value.FindKey(TestName(session, series.TestKey));
        var causes = test?.Critical is null ? [] : Causes(session, study, subjectId, series, test, test.Critical);

        // A test that lost its limits, in a newer catalogue, may have alerts still.
        var known = new List<StoredAlert>();
        session.Rows(SelectOfSeries).Add(series.SubjectKey).Add(series.TestKey).Each(row => known.Add(StoredAlert.Of(row)));
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
        CriticalRow? found = null;
        session.Rows(SelectCritical).Add(resultKey).Find(row => found = new CriticalRow(
            row.Whole(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5)));
        var result = found ?? throw new InvalidOperationException($"There is no result {resultKey}.");
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

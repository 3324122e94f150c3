using System.Data.Common;
using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Storage;

/// <summary>
/// Reads the liver tests of a study for Hy's law, with the limits and the specimens judged as in grading; one subject in
/// memory.
/// </summary>
public sealed class HysLawStore(Database database, SubjectStore subjects, CurrentCatalogue catalogue)
{
    private const string SelectTests = """
        SELECT test_key AS TestKey, test AS Test FROM test WHERE test IN ('ALT', 'AST', 'BILI', 'ALP') ORDER BY test
        """;

    private const string SelectNames = """
        SELECT o.result_key AS ResultKey, r.source_result_id AS SourceResultId, l.laboratory AS Laboratory
        FROM observation o
        JOIN result r ON r.result_key = o.result_key
        JOIN laboratory l ON l.laboratory_key = r.laboratory_key
        WHERE o.subject_key = @subjectKey AND o.test_key = @testKey
        """;

    /// <summary>Candidates of a study by subject and time.</summary>
    public IEnumerable<HysLawCandidate> Candidates(Study study)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        var ranges = ReferenceRangeStore.InForce(connection, transaction, study.StudyKey);
        var tests = Tests(connection, transaction, catalogue.Value);
        foreach (var subject in subjects.All(study.StudyKey).Where(subject => subject.FirstDoseAt.Length > 0))
        {
            var results = Results(connection, transaction, subject.SubjectKey, tests, SeriesSubject.Of(subject, study), ranges);
            foreach (var candidate in HysLaw.Candidates(subject.SubjectId, results))
            {
                yield return candidate;
            }
        }
    }

    /// <summary>The liver tests that there are results of, with their keys.</summary>
    internal static IReadOnlyList<(long TestKey, TestDefinition Test)> Tests(
        DbConnection connection, DbTransaction transaction, TestCatalogue catalogue) =>
        [.. connection.Query<(long TestKey, string Test)>(SelectTests, transaction: transaction)
            .Select(row => (row.TestKey, catalogue.FindKey(row.Test)!))];

    /// <summary>The liver results of a subject by time, without those that text or specimen keep from being judged.</summary>
    internal static IReadOnlyList<LiverResult> Results(
        DbConnection connection, DbTransaction transaction, long subjectKey, IReadOnlyList<(long TestKey, TestDefinition Test)> tests,
        SeriesSubject subject, StudyRanges ranges) =>
        [.. tests
            .SelectMany(test => Results(connection, transaction, subjectKey, test.TestKey, test.Test, subject, ranges))
            .OrderBy(entry => entry.CollectedUs)
            .Select(entry => entry.Result)];

    private static IEnumerable<(long CollectedUs, LiverResult Result)> Results(
        DbConnection connection, DbTransaction transaction, long subjectKey, long testKey, TestDefinition test, SeriesSubject subject, StudyRanges ranges)
    {
        var stored = SeriesStore.Observations(connection, subjectKey, testKey, transaction);
        if (stored.Count == 0)
        {
            return [];
        }

        var names = connection.Query<Name>(SelectNames, new { subjectKey, testKey }, transaction).ToDictionary(row => row.ResultKey);
        return SeriesPreparation.Prepare(stored, subject, test, ranges)
            .Where(observation => observation.Barred is null)
            .Select(observation => (observation.CollectedUs, Result(test, observation, names[observation.ResultKey], subject)));
    }

    /// <summary>A result of a liver test.</summary>
    /// <param name="test">The test.</param>
    /// <param name="observation">The result, prepared and not barred.</param>
    /// <param name="name">Who sent it under which id; null: nobody asks.</param>
    /// <param name="subject">Its subject.</param>
    internal static LiverResult Result(TestDefinition test, in Observation observation, Name? name, SeriesSubject subject)
    {
        // Checked when it was taken in.
        PartialDateTime.TryRead(observation.CollectedAt, out var collected, out _);
        var (first, last) = collected.Days(subject.Zone);
        return new LiverResult
        {
            Test = test.Key,
            Laboratory = name?.Laboratory ?? "",
            SourceResultId = name?.SourceResultId ?? "",
            CollectedAt = observation.CollectedAt,
            FirstDay = first,
            LastDay = last,
            AfterFirstDose = subject.FirstDose is { } dose && collected.CompareForBaseline(dose, subject.Zone) != BaselineOrder.AtOrBefore,
            Value = observation.Value,
            Qualifier = observation.Qualifier,
            UpperLimit = observation.UpperLimit,
        };
    }

    /// <summary>Who sent a result under which id.</summary>
    internal sealed record Name(long ResultKey, string SourceResultId, string Laboratory);
}

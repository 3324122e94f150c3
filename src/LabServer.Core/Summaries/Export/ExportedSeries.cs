using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Summaries;

/// <summary>The results of one subject and test in time order, as grading sees them and as they were sent.</summary>
/// <param name="Test">The test.</param>
/// <param name="Results">As sent.</param>
/// <param name="Observations">The same, prepared.</param>
internal sealed record ExportedSeries(TestDefinition Test, IReadOnlyList<ExportedResult> Results, IReadOnlyList<Observation> Observations)
{
    /// <summary>Every series of a subject by the key of its test, so that neither keys nor arrival show in the order.</summary>
    public static IEnumerable<ExportedSeries> Of(ExportScope scope, Subject subject, SeriesSubject facts) =>
        Of(scope, facts, ExportStore.Results(scope.Connection, scope.Transaction, subject.SubjectKey));

    /// <summary>A number in the reported unit, in the standard unit.</summary>
    public static double? Standard(UnitDefinition? unit, double? reported) =>
        reported is { } number ? unit?.ToStandard((decimal)number) ?? number : null;

    /// <summary>The unit that a result was reported in; null: its test has none.</summary>
    public UnitDefinition? Unit(in Observation observation) => observation.Unit is null ? null : Test.FindUnit(observation.Unit);

    private static IEnumerable<ExportedSeries> Of(ExportScope scope, SeriesSubject facts, List<ExportedResult> results)
    {
        var series = new List<(TestDefinition Test, int Start, int Count)>();
        for (var start = 0; start < results.Count;)
        {
            var end = start + 1;
            while (end < results.Count && results[end].TestKey == results[start].TestKey)
            {
                end++;
            }

            series.Add((scope.Tests[results[start].TestKey], start, end - start));
            start = end;
        }

        foreach (var (test, start, count) in series.OrderBy(entry => entry.Test.Key, StringComparer.Ordinal))
        {
            var ofTest = results.GetRange(start, count);
            var observations = ofTest.ConvertAll(result => result.Observation);
            yield return new ExportedSeries(test, ofTest, SeriesPreparation.Prepare(observations, facts, test, scope.Ranges));
        }
    }
}

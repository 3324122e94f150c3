using System.Data.Common;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Grading;

/// <summary>
/// Finds where ranges should be looked after, by reading every result of a study. Memory holds one series and one entry a
/// laboratory, test, reason and range.
/// </summary>
public sealed class OutdatedRanges(Database database, SubjectStore subjects, SeriesStore series, CurrentCatalogue catalogue)
{
    /// <summary>The list of a study, by laboratory, test, reason and range, from one state of the database.</summary>
    public IReadOnlyList<OutdatedRange> Find(Study study, CancellationToken cancellation)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        return Find(connection, transaction, study, cancellation);
    }

    /// <summary>As the transaction sees it.</summary>
    internal IReadOnlyList<OutdatedRange> Find(DbConnection connection, DbTransaction transaction, Study study, CancellationToken cancellation)
    {
        var names = series.TestNames();
        var found = new Dictionary<(long LaboratoryKey, string Test, OutdatedReason Reason, long? RangeKey), Entry>();
        var versions = ReferenceRangeStore.LatestVersions(connection, transaction, study.StudyKey).ToDictionary(row => row.LaboratoryKey);
        var ranges = new RangesOfStudy(
            ReferenceRangeStore.InForce(connection, transaction, study.StudyKey),
            ReferenceRangeStore.NewestOfStudy(connection, transaction, study.StudyKey),
            versions);
        foreach (var subject in subjects.All(study.StudyKey))
        {
            cancellation.ThrowIfCancellationRequested();
            var facts = SeriesSubject.Of(subject, study);
            foreach (var testKey in ExportStore.Tests(connection, transaction, subject.SubjectKey))
            {
                var test = catalogue.Value.FindKey(names[testKey])!;
                foreach (var observation in SeriesStore.Observations(connection, subject.SubjectKey, testKey, transaction))
                {
                    foreach (var (reason, range) in ranges.Reasons(observation, facts, test))
                    {
                        var key = (observation.LaboratoryKey, test.Key, reason, range?.RangeKey);
                        var before = found.TryGetValue(key, out var entry) ? entry : new Entry(range, 0, long.MinValue, "");
                        found[key] = before.With(observation);
                    }
                }
            }
        }

        return [.. found.Select(entry => Row(entry.Key, entry.Value, versions[entry.Key.LaboratoryKey]))
            .OrderBy(row => row.Laboratory, StringComparer.Ordinal)
            .ThenBy(row => row.Test, StringComparer.Ordinal)
            .ThenBy(row => row.Reason)
            .ThenBy(row => row.Range?.RangeKey)];
    }

    private static OutdatedRange Row(
        (long LaboratoryKey, string Test, OutdatedReason Reason, long? RangeKey) key, Entry entry, LaboratoryVersions versions)
    {
        var version = entry.Range is null ? 0 : key.Reason == OutdatedReason.NotApplied ? versions.Newest : versions.InForce;
        return new OutdatedRange(versions.Laboratory, key.Test, key.Reason, entry.Range, version, entry.Results, entry.LastCollectedAt);
    }

    private readonly record struct Entry(LaboratoryRange? Range, long Results, long LastUs, string LastCollectedAt)
    {
        public Entry With(in Observation observation) => observation.CollectedUs >= LastUs
            ? this with { Results = Results + 1, LastUs = observation.CollectedUs, LastCollectedAt = observation.CollectedAt }
            : this with { Results = Results + 1 };
    }
}

using System.Data.Common;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Summaries;

/// <summary>
/// Values of tests by subject and analysis visit, what every table by visit starts from. Limits, spoiled specimens, baseline
/// and the order of results of one draw are those of grading; visits are looked up by <see cref="VisitWindows"/>, as for
/// ADLB, so that the numbers are those of its rows.
/// </summary>
public sealed class AnalysisValues(Database database, CurrentCatalogue catalogue)
{
    /// <summary>The test that a request means: a key, code, alias or LOINC code. Null: the catalogue does not know it.</summary>
    public TestDefinition? FindTest(string name) => catalogue.Value.FindKey(name.Trim()) ?? catalogue.Value.Find(name);

    /// <summary>The values of a test, from one state of the database.</summary>
    /// <param name="study">The study.</param>
    /// <param name="test">The test.</param>
    /// <param name="isDecided">
    /// Of a coded test, whether a text says something: one that does stands for a visit before one that does not. Null: any.
    /// </param>
    public TestValues Of(Study study, TestDefinition test, Func<string, bool>? isDecided = null)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        return Of(connection, transaction, study, SubjectStore.All(connection, transaction, study.StudyKey), test, isDecided);
    }

    /// <summary>
    /// The values of a test of the subjects named, as the transaction sees them. With <paramref name="withBarred"/>, a visit
    /// at which all results are text or spoiled has one of them for its record, which says so.
    /// </summary>
    internal static TestValues Of(
        DbConnection connection, DbTransaction transaction, Study study, IReadOnlyList<Subject> subjects, TestDefinition test,
        Func<string, bool>? isDecided = null, bool withBarred = false)
    {
        var ranges = ReferenceRangeStore.InForce(connection, transaction, study.StudyKey);
        var visits = new VisitSlots(
            VisitWindowStore.Read(connection, transaction, study.StudyKey), TestSeriesStore.SentVisits(connection, transaction));
        var texts = new SentTexts(connection, transaction);
        var byKey = subjects.ToDictionary(subject => subject.SubjectKey);
        var found = new Dictionary<long, SubjectVisits>();
        var (withoutVisit, notDosed) = (0L, 0);
        foreach (var (subjectKey, series) in TestSeriesStore.Read(connection, transaction, study.StudyKey, test, ranges))
        {
            if (!byKey.TryGetValue(subjectKey, out var subject))
            {
                continue;
            }

            if (subject.FirstDoseAt.Length == 0)
            {
                notDosed++;
                continue;
            }

            var facts = SeriesSubject.Of(subject, study);
            var records = new SubjectRecords(SeriesPreparation.Prepare(series, facts, test, ranges), facts, test, texts, isDecided, withBarred);
            var chosen = records.Choose(visits);
            withoutVisit += chosen.WithoutVisit;
            found.Add(subjectKey, chosen);
        }

        var order = visits.Order();
        return new TestValues(
            test,
            [.. order.Select(visits.Visit)],
            [.. subjects.Where(subject => subject.FirstDoseAt.Length > 0).Select(subject => Values(subject, found.GetValueOrDefault(subject.SubjectKey), order))],
            withoutVisit,
            notDosed);
    }

    private static SubjectValues Values(Subject subject, SubjectVisits? found, IReadOnlyList<int> order)
    {
        var records = new VisitRecord?[order.Count];
        for (var i = 0; i < records.Length && found is not null; i++)
        {
            records[i] = found.BySlot.GetValueOrDefault(order[i]);
        }

        return new SubjectValues(subject, found?.Baseline, records);
    }
}

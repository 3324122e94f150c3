using System.Data.Common;
using LabServer.Core.Access;
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
        return Of(database.Dialect, connection, transaction, study, SubjectStore.Facts(connection, transaction, study.StudyKey), test, isDecided);
    }

    /// <summary>A table of the whole safety population and of each stratum, from one state of the database.</summary>
    /// <param name="study">The study.</param>
    /// <param name="test">The test.</param>
    /// <param name="sight">Whether arms are shown.</param>
    /// <param name="splitBy">What to split by; empty: nothing.</param>
    /// <param name="arms">The arms to show; empty: all.</param>
    /// <param name="table">Makes the table of some of the subjects in arms.</param>
    /// <param name="isDecided">As of <see cref="Of(Study, TestDefinition, Func{string, bool}?)"/>.</param>
    public StratifiedTable<TTable> Tabulate<TTable>(
        Study study, TestDefinition test, ArmSight sight, string splitBy, IReadOnlyList<string> arms,
        Func<TestValues, IReadOnlyList<ArmSize>, IReadOnlyList<StratumSubject>, TTable> table, Func<string, bool>? isDecided = null)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        var values = Of(database.Dialect, connection, transaction, study, SubjectStore.Facts(connection, transaction, study.StudyKey), test, isDecided);
        var strata = StrataStore.Read(database.Dialect, connection, transaction, study, sight, splitBy, arms);
        return new StratifiedTable<TTable>(
            values,
            table(values, strata.Arms, strata.Subjects),
            [.. strata.Split.Select(stratum => (stratum.Value, table(values, stratum.Arms, stratum.Subjects)))]);
    }

    /// <summary>
    /// The values of a test of the subjects named, as the transaction sees them. With <paramref name="withBarred"/>, a visit
    /// at which all results are text or spoiled has one of them for its record, which says so.
    /// </summary>
    internal static TestValues Of(
        Dialect dialect, DbConnection connection, DbTransaction transaction, Study study, IReadOnlyList<Subject> subjects, TestDefinition test,
        Func<string, bool>? isDecided = null, bool withBarred = false)
    {
        var ranges = ReferenceRangeStore.InForce(connection, transaction, study.StudyKey);
        var windows = VisitWindowStore.Read(connection, transaction, study.StudyKey);
        var sent = TestSeriesStore.SentVisits(connection, transaction);
        var visits = new VisitSlots(windows, sent);
        var records = new SubjectRecords(test, visits, new SentTexts(connection, transaction), isDecided, withBarred);
        var byKey = subjects.ToDictionary(subject => subject.SubjectKey);
        var found = new Dictionary<long, SubjectVisits>();
        var (withoutVisit, notDosed) = (0L, 0);
        var facts = subjects.ToDictionary(subject => subject.SubjectKey, subject => SeriesSubject.Of(subject, study));

        // Target days, and visits of which only a number was sent, ask for the day of every result.
        var allDates = windows.Any(window => window.TargetDay is not null) || sent.Values.Any(visit => string.IsNullOrWhiteSpace(visit.Visit));
        foreach (var (subjectKey, series) in TestSeriesStore.Read(
            dialect, connection, transaction, study.StudyKey, test, ranges,
            key => allDates || !facts.TryGetValue(key, out var own) ? long.MaxValue : SubjectRecords.CertainlyAfter(own) ?? long.MaxValue))
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

            SeriesPreparation.PrepareInPlace(series, facts[subjectKey], test, ranges);
            var chosen = records.Choose(series, facts[subjectKey]);
            withoutVisit += chosen.WithoutVisit;
            found.Add(subjectKey, chosen);
        }

        var order = visits.Order();
        return new TestValues(
            test,
            [.. order.Select(visits.Visit)],
            [.. subjects.Where(subject => subject.FirstDoseAt.Length > 0).Select(subject => Values(subject, found.GetValueOrDefault(subject.SubjectKey), order))],
            windows,
            withoutVisit,
            notDosed);
    }

    private static SubjectValues Values(Subject subject, SubjectVisits? found, IReadOnlyList<int> order)
    {
        var records = new VisitRecord?[order.Count];
        for (var i = 0; i < records.Length && found is not null; i++)
        {
            records[i] = order[i] < found.BySlot.Length ? found.BySlot[order[i]] : null;
        }

        return new SubjectValues(subject, found?.Baseline, records);
    }
}

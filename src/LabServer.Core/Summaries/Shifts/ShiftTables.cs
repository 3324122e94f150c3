using System.Data.Common;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Summaries;

/// <summary>
/// Shift tables of a study. Baseline and worst are the extremes that grading keeps; visits are those of
/// <see cref="AnalysisValues"/>. One test is in memory at a time.
/// </summary>
public sealed class ShiftTables(Database database, RuleSetStore ruleSets, CurrentCatalogue catalogue)
{
    /// <summary>The tables by test, then term, then worst and visits in their order, from one state of the database.</summary>
    public IEnumerable<ShiftTable> Read(Study study, ArmSight sight, ShiftQuery query)
    {
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        var population = new ShiftPopulation(
            StrataStore.Read(database.Dialect, connection, transaction, study, sight, query.SplitBy, query.Arms));
        IReadOnlyList<Subject>? subjects = null;
        var extremes = new ExtremesOfTests(
            database.Dialect, connection, transaction, study.StudyKey, ofAll: query.Test is null && query.Term is null);
        var tests = ShiftStore.Tests(connection, transaction, study.StudyKey)
            .Select(row => (row.TestKey, Test: catalogue.Value.FindKey(row.Test)!))
            .Where(row => query.Test is null || row.Test.Key == query.Test.Key);
        foreach (var (testKey, test) in tests)
        {
            var terms = TermsOf(query, test);
            if (query.RuleSet is not null && terms.Count == 0)
            {
                continue;
            }

            TestValues? values = null;
            if (!query.WorstOnly)
            {
                subjects ??= SubjectStore.Facts(connection, transaction, study.StudyKey);
                values = AnalysisValues.Of(database.Dialect, connection, transaction, study, subjects, test, withBarred: true);
            }

            var tables = query.RuleSet is null
                ? ByIndicator(query, population, test, extremes.Indicators(testKey), values)
                : ByGrade(connection, transaction, study, query, population, testKey, test, terms, extremes, values);
            foreach (var table in tables)
            {
                yield return table;
            }
        }
    }

    // By name, low before high, so that the order hangs on nothing else.
    private static IReadOnlyList<Term> TermsOf(ShiftQuery query, TestDefinition test) => query.RuleSet is not { } ruleSet ? []
        : [.. ruleSet.TermsOf(test.Key)
            .Where(term => query.Term is null || term == query.Term)
            .OrderBy(term => term.Name, StringComparer.Ordinal)
            .ThenBy(term => term.Direction)];

    private static IEnumerable<ShiftTable> ByIndicator(
        ShiftQuery query, ShiftPopulation population, TestDefinition test, Dictionary<long, ShiftExtremes> extremes, TestValues? values)
    {
        var ends = population.ByPlace(extremes, ShiftExtremes.Missing);
        if (query.Visit.Length == 0)
        {
            yield return population.Count(
                new ShiftHeading(test.Key, test.Name, null, ToxicityDirection.Low, null),
                Array.ConvertAll(ends, row => new Shift(row.Baseline, row.Lowest)));
            yield return population.Count(
                new ShiftHeading(test.Key, test.Name, null, ToxicityDirection.High, null),
                Array.ConvertAll(ends, row => new Shift(row.Baseline, row.Highest)));
        }

        var subjects = Subjects(population, values);
        foreach (var (visit, index) in Visits(values, query.Visit))
        {
            yield return population.Count(
                new ShiftHeading(test.Key, test.Name, null, null, visit),
                AtVisit(subjects, index, place => ends[place].Baseline, record =>
                    record.IsBarred ? ShiftCategory.NotGradable : ShiftCategories.Of(record.Indicator)));
        }
    }

    private IEnumerable<ShiftTable> ByGrade(
        DbConnection connection, DbTransaction transaction, Study study, ShiftQuery query, ShiftPopulation population, long testKey,
        TestDefinition test, IReadOnlyList<Term> terms, ExtremesOfTests extremes, TestValues? values)
    {
        var visits = Visits(values, query.Visit).ToList();
        var subjects = Subjects(population, values);
        var grades = visits.Count == 0 ? null : ShiftStore.ResultGrades(
            database.Dialect, connection, transaction, study.StudyKey, testKey, [.. terms.Select(ruleSets.TermKey)],
            expected: values!.Subjects.Count * values.Visits.Count);
        foreach (var term in terms)
        {
            var termKey = ruleSets.TermKey(term);
            var worst = population.ByPlace(extremes.Grades(testKey, termKey), Shift.Missing);
            var ofTerm = grades?[termKey];
            if (query.Visit.Length == 0)
            {
                yield return population.Count(new ShiftHeading(test.Key, test.Name, term, term.Direction, null), worst);
            }

            foreach (var (visit, index) in visits)
            {
                // A specimen that the term does not look at (fasting) is no result of it.
                yield return population.Count(
                    new ShiftHeading(test.Key, test.Name, term, term.Direction, visit),
                    AtVisit(subjects, index, place => worst[place].Baseline, record =>
                        ofTerm!.GetValueOrDefault(record.ResultKey, ShiftCategory.Missing)));
            }
        }
    }

    // Without values there is no visit that would ask for them.
    private static SubjectValues?[] Subjects(ShiftPopulation population, TestValues? values) => values is null ? [] : population.ByPlace(
        values.Subjects.ToDictionary<SubjectValues, long, SubjectValues?>(row => row.Subject.SubjectKey, row => row), null);

    // Visits at which nobody has a result from after the first dose have nothing to compare with baseline.
    private static IEnumerable<(SummaryVisit Visit, int Index)> Visits(TestValues? values, string visit)
    {
        for (var i = 0; i < values?.Visits.Count; i++)
        {
            if ((visit.Length == 0 || i == values.IndexOf(visit)) && values.Subjects.Any(subject => subject.Records[i] is { AfterFirstDose: true }))
            {
                yield return (values.Visits[i], i);
            }
        }
    }

    private static Shift[] AtVisit(
        SubjectValues?[] subjects, int visit, Func<int, ShiftCategory> baseline, Func<VisitRecord, ShiftCategory> category)
    {
        var shifts = new Shift[subjects.Length];
        for (var place = 0; place < shifts.Length; place++)
        {
            var value = subjects[place]?.Records[visit] is { AfterFirstDose: true } record ? category(record) : ShiftCategory.Missing;
            shifts[place] = new Shift(baseline(place), value);
        }

        return shifts;
    }

    // Of one test, or of all in one pass when all are asked for: a subject has them side by side.
    private sealed class ExtremesOfTests(Dialect dialect, DbConnection connection, DbTransaction transaction, long studyKey, bool ofAll)
    {
        private Dictionary<long, Dictionary<long, ShiftExtremes>>? _indicators;
        private Dictionary<(long TestKey, long TermKey), Dictionary<long, Shift>>? _grades;
        private long? _read;

        public Dictionary<long, ShiftExtremes> Indicators(long testKey)
        {
            if (_indicators is null || (!ofAll && _read != testKey))
            {
                (_indicators, _read) = (ShiftStore.Indicators(dialect, connection, transaction, studyKey, ofAll ? null : testKey), testKey);
            }

            return _indicators.GetValueOrDefault(testKey) ?? [];
        }

        public Dictionary<long, Shift> Grades(long testKey, long termKey)
        {
            if (_grades is null || (!ofAll && _read != testKey))
            {
                (_grades, _read) = (ShiftStore.Grades(dialect, connection, transaction, studyKey, ofAll ? null : testKey), testKey);
            }

            return _grades.GetValueOrDefault((testKey, termKey)) ?? [];
        }
    }
}

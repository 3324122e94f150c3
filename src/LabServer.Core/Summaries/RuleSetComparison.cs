using LabServer.Core.Grading;
using LabServer.Core.Storage;

namespace LabServer.Core.Summaries;

/// <summary>Where two rule sets of a study differ, from the grades on file.</summary>
public sealed class RuleSetComparison(Database database, SubjectStore subjects, SeriesStore series, RuleSetStore ruleSets)
{
    /// <summary>
    /// The differences by subject, test and direction, from one state of the database. Memory holds one subject and the
    /// totals, which are complete when the last difference was read.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="a">The first rule set of the study.</param>
    /// <param name="b">The second one.</param>
    /// <param name="totals">A total for each pair of terms to compare; others are left out.</param>
    /// <param name="subjectId">Only this subject; empty: all.</param>
    public IEnumerable<RuleSetDifference> Differences(
        Study study, RuleSet a, RuleSet b, IReadOnlyList<RuleSetDifferenceTotal> totals, string subjectId)
    {
        var names = series.TestNames();
        var byKey = totals.ToDictionary(total => (total.Pair.TestKey, total.Pair.Direction));
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        foreach (var subject in subjects.All(study.StudyKey).Where(subject => subjectId.Length == 0 || subject.SubjectId == subjectId))
        {
            var facts = SeriesSubject.Of(subject, study);
            var grades = ComparisonStore.Grades(connection, transaction, subject.SubjectKey, a.Id, b.Id)
                .Select(grade => new Compared(grade, ruleSets.Term(grade.TermKey), names[grade.TestKey]));
            var pairs = grades.GroupBy(grade => (grade.Test, grade.Term.Direction))
                .OrderBy(group => group.Key.Test, StringComparer.Ordinal).ThenBy(group => group.Key.Direction);
            foreach (var group in pairs.Where(group => byKey.ContainsKey(group.Key)))
            {
                var total = byKey[group.Key];
                var found = Compare(subject.SubjectId, total.Pair, group, a, facts);
                total.Add(found);
                if (found.Different > 0 || (found.WorstA ?? 0) != (found.WorstB ?? 0))
                {
                    yield return found;
                }
            }
        }
    }

    private static RuleSetDifference Compare(
        string subjectId, TermPair pair, IEnumerable<Compared> grades, RuleSet a, SeriesSubject subject)
    {
        var (results, different) = (0L, 0L);
        int? worstA = null, worstB = null;
        foreach (var result in grades.GroupBy(grade => grade.Row.ResultKey))
        {
            // Several terms of a set may look at a result; the worst of them is the set's answer.
            var gradeA = Worst(result.Where(grade => grade.RuleSet == a), pair.A.Count);
            var gradeB = Worst(result.Where(grade => grade.RuleSet != a), pair.B.Count);
            results++;
            different += gradeA != gradeB ? 1 : 0;
            if (IsAfterFirstDose(result.First().Row.CollectedAt, subject))
            {
                worstA = Max(worstA, gradeA);
                worstB = Max(worstB, gradeB);
            }
        }

        return new RuleSetDifference(subjectId, pair, pair.A.Count == 0 ? null : worstA, pair.B.Count == 0 ? null : worstB, results, different);
    }

    // Null: not gradable. A set that has no term for it, or none for this specimen, sees nothing: grade 0.
    private static int? Worst(IEnumerable<Compared> grades, int terms)
    {
        var found = grades.Select(grade => (int?)grade.Row.Grade).ToList();
        return terms == 0 || found.Count == 0 ? 0 : found.Max();
    }

    private static int? Max(int? left, int? right) => left is null || right > left ? right : left;

    // As for events: one that may be before or after counts as after.
    private static bool IsAfterFirstDose(string collectedAt, SeriesSubject subject) => subject.FirstDose is { } dose
        && !(PartialDateTime.TryRead(collectedAt, out var collected, out _) && collected.CompareForBaseline(dose, subject.Zone) == BaselineOrder.AtOrBefore);

    private sealed record Compared(ComparedGrade Row, RuleSet RuleSet, Term Term, string Test)
    {
        public Compared(ComparedGrade row, (RuleSet RuleSet, Term Term) rules, string test) : this(row, rules.RuleSet, rules.Term, test)
        {
        }
    }
}

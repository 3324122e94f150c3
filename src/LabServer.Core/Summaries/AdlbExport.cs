using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Summaries;

/// <summary>ADaM ADLB: every result that is in force, in the order of subject, test and time.</summary>
public sealed class AdlbExport(
    Database database, SubjectStore subjects, SeriesStore series, RuleSetStore ruleSets, CurrentCatalogue catalogue)
{
    /// <summary>
    /// The rows of a study with the grades of one rule set, from one state of the database. Memory holds one subject.
    /// </summary>
    public IEnumerable<AdlbRow> Rows(Study study, string ruleSetId)
    {
        var ruleSet = ruleSets.RuleSets[ruleSetId];
        var names = series.TestNames();
        using var connection = database.Read();
        using var transaction = database.Dialect.BeginSnapshot(connection);
        var windows = VisitWindowStore.Read(connection, transaction, study.StudyKey);
        var ranges = ReferenceRangeStore.InForce(connection, transaction, study.StudyKey);
        foreach (var subject in subjects.All(study.StudyKey))
        {
            var facts = SeriesSubject.Of(subject, study);
            var results = AdlbStore.Results(connection, transaction, subject.SubjectKey);
            var grades = AdlbStore.Grades(connection, transaction, subject.SubjectKey, ruleSetId);
            var inputs = AdlbStore.Inputs(connection, transaction, subject.SubjectKey);
            var flags = FlagStore.OfSubject(connection, transaction, subject.SubjectKey);
            var tests = AdlbStore.Tests(connection, transaction, subject.SubjectKey)
                .Select(key => (Key: key, Test: catalogue.Value.FindKey(names[key])!))
                .OrderBy(entry => entry.Test.Key, StringComparer.Ordinal);
            foreach (var (testKey, test) in tests)
            {
                var stored = SeriesStore.Observations(connection, subject.SubjectKey, testKey, transaction);
                var rows = SeriesPreparation.Prepare(stored, facts, test, ranges);
                foreach (var row in Rows(study, subject, facts, test, rows, ruleSet.TermsOf(test.Key), results, grades, inputs))
                {
                    yield return Complete(row.Row, results[row.ResultKey], facts, windows, flags[row.ResultKey]);
                }
            }
        }
    }

    private static AdlbRow Complete(
        AdlbRow row, AdlbResult result, SeriesSubject facts, IReadOnlyList<VisitWindow> windows, IEnumerable<ResultFlag> flags)
    {
        StudyDays? days = facts.FirstDose is { } dose && PartialDateTime.TryRead(result.CollectedAt, out var collected, out _)
            ? StudyDays.Of(collected, dose, facts.Zone)
            : null;
        var visit = VisitWindows.Assign(windows, result.Visit, result.VisitNumber, days);
        return row with
        {
            Visit = visit.Visit,
            VisitNumber = visit.Number,
            VisitSource = visit.Source,
            StudyDay = days?.Certain,
            Flags = [.. flags.Select(flag => flag.Flag)],
        };
    }

    private IEnumerable<(long ResultKey, AdlbRow Row)> Rows(
        Study study, Subject subject, SeriesSubject facts, TestDefinition test, IReadOnlyList<Observation> observations, IReadOnlyList<Term> terms,
        Dictionary<long, AdlbResult> results, ILookup<long, AdlbGrade> grades, ILookup<long, AdlbInput> inputs)
    {
        var timing = SeriesGrader.Timing(observations, facts);
        var baseline = SeriesGrader.FindBaseline(observations, facts);
        for (var i = 0; i < observations.Count; i++)
        {
            var observation = observations[i];
            var result = results[observation.ResultKey];
            var unit = observation.Unit is null ? null : test.FindUnit(observation.Unit);
            PartialDateTime.TryRead(observation.CollectedAt, out var collected, out _);
            yield return (observation.ResultKey, new AdlbRow
            {
                StudyId = study.StudyId,
                SubjectId = subject.SubjectId,
                SourceResultId = result.SourceResultId,
                TestCode = test.Code,
                TestName = test.StandardUnit is { } standard ? $"{test.Name} ({standard})" : test.Name,
                Visit = result.Visit,
                Date = DatePart(observation.CollectedAt),
                DateTime = collected.HasTime ? observation.CollectedAt : "",
                Value = observation.ExactValue is null ? null : observation.StandardValue,
                ValueText = result.ReportedValue,
                Unit = test.StandardUnit ?? "",
                LowerLimit = Standard(unit, observation.LowerLimit),
                UpperLimit = Standard(unit, observation.UpperLimit),
                Indicator = observation.Indicator,
                IsBaseline = i == baseline,
                Baseline = baseline is { } at ? observations[at].StandardValue : null,
                BaselineIndicator = baseline is { } record ? observations[record].Indicator : null,
                AfterFirstDose = timing[i] is BaselineOrder.After or BaselineOrder.Uncertain,
                Low = Cell(ToxicityDirection.Low, terms, grades[observation.ResultKey]),
                High = Cell(ToxicityDirection.High, terms, grades[observation.ResultKey]),
                IsDerived = observation.IsDerived,
                Inputs = string.Join("; ", inputs[observation.ResultKey].Select(input => $"{input.Laboratory}/{input.SourceResultId}")),
            });
        }
    }

    // Where several terms look in one direction, the worst grade is shown.
    private ToxicityCell Cell(ToxicityDirection direction, IReadOnlyList<Term> terms, IEnumerable<AdlbGrade> grades)
    {
        var found = grades
            .Select(grade => (Grade: grade, ruleSets.Term(grade.TermKey).Term))
            .Where(entry => entry.Term.Direction == direction && terms.Contains(entry.Term))
            .OrderByDescending(entry => entry.Grade.Grade ?? -1)
            .ToList();
        return found.Count == 0
            ? ToxicityCell.None
            : new ToxicityCell(
                found[0].Term.Name,
                (int?)found[0].Grade.Grade,
                found[0].Grade.Grade is null ? ((NotGradableReason)found[0].Grade.Reason).Word() : "");
    }

    private static double? Standard(UnitDefinition? unit, double? reported) =>
        reported is { } number ? unit?.ToStandard((decimal)number) ?? number : null;

    private static string DatePart(string collectedAt) => collectedAt.Split('T')[0];
}

using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;

namespace LabServer.Core.Summaries;

/// <summary>ADaM ADLB: every result that is in force, in the order of subject, test and time.</summary>
public sealed class AdlbExport(Database database, RuleSetStore ruleSets, CurrentCatalogue catalogue)
{
    /// <summary>
    /// The rows of a study with the grades of one rule set, from one state of the database. Memory holds one subject.
    /// </summary>
    public IEnumerable<AdlbRow> Rows(Study study, ArmSight sight, string ruleSetId)
    {
        using var scope = new ExportScope(database, study, sight, ruleSets.Get(ruleSetId), ruleSets, catalogue.Value);
        foreach (var row in Rows(scope))
        {
            yield return row;
        }
    }

    internal static IEnumerable<AdlbRow> Rows(ExportScope scope)
    {
        foreach (var (subject, facts) in scope.Subjects())
        {
            var grades = ResultToxicity.Read(scope, subject);
            var inputs = ExportStore.Inputs(scope.Connection, scope.Transaction, subject.SubjectKey);
            var flags = FlagStore.OfSubject(scope.Connection, scope.Transaction, subject.SubjectKey);
            foreach (var series in ExportedSeries.Of(scope, subject, facts))
            {
                foreach (var row in Rows(scope, subject, facts, series, grades, inputs, flags))
                {
                    yield return row;
                }
            }
        }
    }

    private static IEnumerable<AdlbRow> Rows(
        ExportScope scope, Subject subject, SeriesSubject facts, ExportedSeries series,
        ResultToxicity grades, ILookup<long, ExportedInput> inputs, ILookup<long, ResultFlag> flags)
    {
        var (test, observations) = (series.Test, series.Observations);
        var timing = SeriesGrader.Timing(observations, facts);
        var baseline = SeriesGrader.FindBaseline(observations, timing);
        var name = test.StandardUnit is { } standard ? $"{test.Name} ({standard})" : test.Name;
        for (var i = 0; i < observations.Count; i++)
        {
            var (observation, result) = (observations[i], series.Results[i]);
            var unit = series.Unit(observation);
            PartialDateTime.TryRead(observation.CollectedAt, out var collected, out _);
            var days = ExportScope.Days(observation.CollectedAt, facts);
            var visit = VisitWindows.Assign(scope.Windows, result.Visit, result.VisitNumber, days);
            yield return new AdlbRow
            {
                StudyId = scope.Study.StudyId,
                SubjectId = subject.SubjectId,
                SourceResultId = result.SourceResultId,
                TestCode = test.Code,
                TestName = name,
                Visit = visit.Visit,
                VisitNumber = visit.Number,
                VisitSource = visit.Source,
                StudyDay = days?.Certain,
                Date = CellText.Date(observation.CollectedAt),
                DateTime = collected.HasTime ? observation.CollectedAt : "",
                Value = observation.ExactValue is null ? null : observation.StandardValue,
                ValueText = result.ReportedValue,
                Unit = test.StandardUnit ?? "",
                LowerLimit = ExportedSeries.Standard(unit, observation.LowerLimit),
                UpperLimit = ExportedSeries.Standard(unit, observation.UpperLimit),
                Indicator = observation.Indicator,
                IsBaseline = i == baseline,
                Baseline = baseline is { } at ? observations[at].StandardValue : null,
                BaselineIndicator = baseline is { } record ? observations[record].Indicator : null,
                AfterFirstDose = timing[i] is BaselineOrder.After or BaselineOrder.Uncertain,
                Low = grades.Cell(result.ResultKey, ToxicityDirection.Low),
                High = grades.Cell(result.ResultKey, ToxicityDirection.High),
                IsDerived = observation.IsDerived,
                Inputs = string.Join("; ", inputs[result.ResultKey].Select(input => $"{input.Laboratory}/{input.SourceResultId}")),
                Flags = [.. flags[result.ResultKey].Select(flag => flag.Flag)],
                PlannedArm = subject.PlannedArm,
                Arm = subject.Arm,
                InSafetyPopulation = subject.FirstDoseAt.Length > 0,
            };
        }
    }
}

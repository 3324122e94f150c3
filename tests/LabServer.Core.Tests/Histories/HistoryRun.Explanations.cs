using Dapper;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;

namespace LabServer.Core.Tests.Histories;

internal sealed partial class HistoryRun
{
    // One result in so many; a prime, so that every kind has its turn.
    private const int ExplainOneIn = 13;

    private const string SelectResults = "SELECT DISTINCT result_key FROM grade ORDER BY result_key";

    /// <summary>Grades results again from nothing but what their explanations say; what differs, or null.</summary>
    private string? Recompute()
    {
        using var connection = _study.Database.Read();
        var keys = connection.Query<long>(SelectResults).Where(key => key % ExplainOneIn == 0).ToList();
        foreach (var explained in keys.SelectMany(key => _study.Study.RuleSets.SelectMany(set => _study.Explanations.Explain(key, set))))
        {
            Figures = Figures with { Explanations = Figures.Explanations + 1 };
            var stored = $"{explained.Grade} {explained.Reason} {explained.Marks.HasFlag(GradeMarks.AtLeast)} {explained.Criterion?.Id}";
            var outcome = Grade(explained);
            var again = $"{outcome.Grade} {outcome.Reason} {outcome.IsAtLeast} {outcome.CriterionId}";
            if (stored != again)
            {
                return $"grade of {explained.Value.Laboratory}/{explained.Value.SourceResultId} under {explained.Term}: stored {stored}, from its explanation {again}: {explained.Value}, baseline {explained.Baseline}";
            }

            if (explained.Criterion is { Unit: { } unit } && UnitOfNumbers(explained) is { } expected && unit != expected)
            {
                return $"grade of {explained.Value.Laboratory}/{explained.Value.SourceResultId} under {explained.Term}: by the numbers of {unit}, model: {expected}";
            }
        }

        return null;
    }

    private GradeOutcome Grade(GradeExplanation explained)
    {
        var value = explained.Value;
        var spoiled = SpecimenConditionReader.Read(value.SpecimenCondition) & _study.Catalogue.Value.FindKey(value.Test)!.SpoiledBy;
        return value.Value is null ? GradeOutcome.NotGradable(NotGradableReason.ValueIsText)
            : spoiled != SpecimenConditions.None && _study.Study.Settings.SpoiledSpecimens == SpoiledSpecimens.NotGradable
                ? GradeOutcome.NotGradable(NotGradableReason.SpecimenSpoiled)
            : Grader.Grade(explained.Term, new GradeInput
            {
                Value = value.Value,
                Qualifier = value.Qualifier,
                Unit = value.Unit,
                LowerLimit = value.LowerLimit,
                UpperLimit = value.UpperLimit,
                Baseline = explained.Baseline?.Value,
                BaselineIndicator = explained.Baseline?.Indicator,
                Facts = explained.Facts,
                Sex = explained.Sex ?? Sex.Unknown,
                BirthDate = Day(explained.BirthDate),
                CollectedOn = explained.Term.DependsOnPopulation ? Day(value.CollectedAt) : null,
            });
    }

    // Published numbers of two units may be the same sizes, and the grade then does not show which were used.
    private static string? UnitOfNumbers(GradeExplanation explained) =>
        ModelUnits.AllTests.Contains(explained.Value.Test) && ModelUnits.Find(explained.Value.Test, explained.Value.ReportedUnit) is { } own
            ? ModelTerms.All.First(term => term.RuleSet == explained.RuleSet.Name && term.Name == explained.Term.Name).UnitFor(own).Name
            : null;

    private DateOnly? Day(string text) => ModelDate.Read(text, _group.ZoneMinutes) is { HasDay: true } date ? date.FirstDay : null;
}

using System.Text.Json.Nodes;
using LabServer.Api.V1;
using LabServer.Cli.Output;

namespace LabServer.Cli.Grading;

/// <summary>How an explained grade is written as JSON or CSV.</summary>
internal static class ExplanationColumns
{
    /// <summary>Everything there is to an explanation.</summary>
    public static readonly IReadOnlyList<Column<GradeExplanation>> All =
    [
        new("rule_set", grade => grade.RuleSetId),
        new("rule_set_sha256", grade => grade.RuleSetSha256),
        new("term", grade => grade.Term),
        new("direction", grade => Enums.Lower(grade.Direction)),
        new("grade", grade => grade.HasGrade ? grade.Grade : null),
        new("not_gradable_reason", grade => grade.NotGradableReason),
        new("criterion_id", grade => grade.CriterionId),
        new("rule", grade => grade.Rule),
        new("unit_system", grade => grade.UnitSystem),
        new("value", grade => Value(grade.Value)),
        new("baseline", grade => Value(grade.Baseline)),
        new("at_least", grade => grade.AtLeast),
        new("marks", grade => grade.Marks),
        new("facts", grade => grade.Facts),
        new("sex", grade => Enums.Lower(grade.Sex)),
        new("birth_date", grade => grade.BirthDate),
        new("age", grade => grade.Age is { } age ? new JsonObject { ["days"] = age.Days, ["months"] = age.Months, ["years"] = age.Years } : null),
        new("factor", grade => grade.HasFactor ? grade.Factor : null),
        new("criterion_unit", grade => grade.CriterionUnit),
        new("percent_change", grade => grade.HasPercentChange ? grade.PercentChange : null),
        new("rule_set_version", grade => grade.RuleSetVersion),
        new("derivation", grade => Derivation(grade.Derivation)),
    ];

    private static JsonObject? Derivation(Derivation? derivation) => derivation is null ? null : new JsonObject
    {
        ["formulaId"] = derivation.FormulaId,
        ["formula"] = derivation.Formula,
        ["source"] = derivation.Source,
        ["computation"] = derivation.Computation,
        ["inputs"] = new JsonArray([.. derivation.Inputs.Select(input => new JsonObject
        {
            ["role"] = input.Role,
            ["laboratory"] = input.Laboratory,
            ["sourceResultId"] = input.SourceResultId,
            ["version"] = input.Version,
            ["testCode"] = input.TestCode,
            ["reportedValue"] = input.ReportedValue,
            ["reportedUnit"] = input.ReportedUnit,
            ["collectedAt"] = input.CollectedAt,
        })]),
    };

    private static JsonObject? Value(GradedValue? value) => value is null ? null : new JsonObject
    {
        ["laboratory"] = value.Laboratory,
        ["sourceResultId"] = value.SourceResultId,
        ["reportedValue"] = value.ReportedValue,
        ["reportedUnit"] = value.ReportedUnit,
        ["collectedAt"] = value.CollectedAt,
        ["value"] = value.HasValue ? value.Value : null,
        ["lowerLimit"] = value.HasLowerLimit ? value.LowerLimit : null,
        ["upperLimit"] = value.HasUpperLimit ? value.UpperLimit : null,
        ["unit"] = value.Unit,
        ["rangeIndicator"] = Enums.Text(value.RangeIndicator),
        ["qualifier"] = value.Qualifier,
        ["fasting"] = Enums.Lower(value.Fasting),
        ["specimenCondition"] = value.SpecimenCondition,
        ["rangeSource"] = Enums.Text(value.RangeSource),
        ["laboratoryRange"] = value.LaboratoryRange is { } range ? Range(value, range) : null,
    };

    private static JsonObject Range(GradedValue value, ReferenceRange range) => new()
    {
        ["laboratory"] = value.RangeLaboratory,
        ["version"] = value.RangeVersion,
        ["effectiveFrom"] = range.EffectiveFrom,
        ["effectiveTo"] = range.EffectiveTo,
        ["sex"] = Enums.Lower(range.Sex),
        ["ageFrom"] = range.HasAgeFrom ? $"{Cell.Text(range.AgeFrom)} {Enums.Lower(range.AgeFromUnit)}" : "",
        ["ageTo"] = range.HasAgeTo ? $"{Cell.Text(range.AgeTo)} {Enums.Lower(range.AgeToUnit)}" : "",
        ["method"] = range.Method,
        ["low"] = range.Low,
        ["lowInclusive"] = range.LowInclusive,
        ["high"] = range.High,
        ["highInclusive"] = range.HighInclusive,
        ["unit"] = range.Unit,
    };
}

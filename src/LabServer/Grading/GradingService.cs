using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Derivation;
using LabServer.Core.Grading;
using LabServer.Core.Ingestion;
using LabServer.Core.Storage;
using LabServer.Core.Summaries;
using LabServer.Ingestion;
using LabServer.Storage;
using LabServer.Studies;
using Explanation = LabServer.Core.Grading.GradeExplanation;

namespace LabServer.Grading;

internal sealed partial class GradingService(
    StudyLookup lookup, ResultLookup results, ExplanationStore explanations, SeriesStore series, RuleSetStore ruleSets,
    RuleSetComparison comparison, SubjectStore subjects, SnapshotReaders readers, TimeProvider time)
    : Api.V1.GradingService.GradingServiceBase
{
    [Needs(Permission.ReadGrades)]
    public override Task<ExplainGradeResponse> ExplainGrade(ExplainGradeRequest request, ServerCallContext context)
    {
        var (study, ruleSet) = lookup.Find(context, request.StudyId, request.RuleSetId);
        var stored = results.Find(study, request.Laboratory, request.SourceResultId)[^1];
        if (stored.HoldReasons != 0)
        {
            throw RpcErrors.FailedPrecondition("RESULT_HELD", $"Result '{request.SourceResultId}' is held, and held results are not graded.");
        }

        var found = explanations.Explain(stored.ResultKey, ruleSet.Id);
        if (found.Count == 0 && series.IsPending(stored.ResultKey))
        {
            throw RpcErrors.FailedPrecondition("RESULT_NOT_GRADED_YET", $"Result '{request.SourceResultId}' waits for grading.");
        }

        return Task.FromResult(new ExplainGradeResponse { Explanations = { found.Select(ToMessage) } });
    }

    private static Api.V1.GradeExplanation ToMessage(Explanation explanation)
    {
        var message = new Api.V1.GradeExplanation
        {
            RuleSetId = explanation.RuleSet.Name,
            RuleSetVersion = explanation.RuleSet.Version,
            RuleSetSha256 = explanation.RuleSet.Hash,
            Term = explanation.Term.Name,
            Direction = (Api.V1.ToxicityDirection)explanation.Term.Direction,
            NotGradableReason = explanation.Reason?.Word() ?? "",
            CriterionId = explanation.Criterion?.Id ?? "",
            Rule = explanation.Rule,
            UnitSystem = explanation.Criterion?.System?.ToString() ?? "",
            Value = ToMessage(explanation.Value),
            Baseline = explanation.Baseline is { } baseline ? ToMessage(baseline) : null,
            Derivation = explanation.DerivedFrom is { } derivedFrom ? ToMessage(derivedFrom) : null,
        };
        if (explanation.Grade is { } grade)
        {
            message.Grade = grade;
        }

        AddInputs(message, explanation);
        return message;
    }

    private static void AddInputs(Api.V1.GradeExplanation message, Explanation explanation)
    {
        message.AtLeast = explanation.Marks.HasFlag(GradeMarks.AtLeast);
        message.Marks.AddRange((explanation.Marks & ~GradeMarks.AtLeast).Words());
        message.Facts.AddRange(explanation.Facts.Words());
        message.Sex = (Api.V1.Sex)(explanation.Sex ?? Core.Sex.Unknown);
        message.BirthDate = explanation.BirthDate;
        message.CriterionUnit = explanation.Criterion?.Unit ?? "";
        if (explanation.Age is { } age)
        {
            message.Age = new Api.V1.Age { Days = age.Days, Months = age.Months, Years = age.Years };
        }

        if (explanation.FactorToCriterion is { } factor)
        {
            message.Factor = (double)factor;
        }

        if (explanation.PercentChange is { } change)
        {
            message.PercentChange = change;
        }
    }

    private static Api.V1.Derivation ToMessage(DerivedFrom derivedFrom) => new()
    {
        FormulaId = derivedFrom.FormulaId,
        Formula = derivedFrom.Formula?.Words ?? "",
        Source = derivedFrom.Formula?.Source ?? "",
        Computation = derivedFrom.Computation,
        Inputs =
        {
            derivedFrom.Inputs.Select(input => new DerivationInput
            {
                Role = input.Role,
                Laboratory = input.Laboratory,
                SourceResultId = input.SourceResultId,
                Version = (uint)input.Version,
                TestCode = input.Test,
                ReportedValue = input.ReportedValue,
                ReportedUnit = input.ReportedUnit,
                CollectedAt = input.CollectedAt,
            }),
        },
    };

    private static Api.V1.GradedValue ToMessage(Core.Grading.GradedValue value)
    {
        var message = new Api.V1.GradedValue
        {
            Laboratory = value.Laboratory,
            SourceResultId = value.SourceResultId,
            ReportedValue = value.ReportedValue,
            ReportedUnit = value.ReportedUnit,
            CollectedAt = value.CollectedAt,
            Unit = value.Unit,
            Qualifier = value.Qualifier.Sign(),
            Fasting = (Api.V1.YesNo)value.Fasting,
            SpecimenCondition = value.SpecimenCondition,
            RangeIndicator = value.Indicator is { } indicator ? (Api.V1.RangeIndicator)indicator : Api.V1.RangeIndicator.Unspecified,
            RangeSource = (Api.V1.RangeSource)value.RangeSource,
            RangeVersion = value.RangeVersion,
            RangeLaboratory = value.RangeLaboratory,
            RangeEffectiveFrom = ReferenceRangeMapping.Day(value.Range?.EffectiveFrom),
            LaboratoryRange = value.Range is { } range ? ReferenceRangeMapping.ToMessage(range) : null,
        };
        if (value.Value is { } number)
        {
            message.Value = number;
        }

        if (value.LowerLimit is { } low)
        {
            message.LowerLimit = low;
        }

        if (value.UpperLimit is { } high)
        {
            message.UpperLimit = high;
        }

        return message;
    }
}

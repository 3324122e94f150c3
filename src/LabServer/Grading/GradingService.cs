using Grpc.Core;
using LabServer.Api.V1;
using LabServer.Core.Grading;
using LabServer.Core.Storage;
using LabServer.Core.Summaries;
using LabServer.Ingestion;
using LabServer.Studies;
using Explanation = LabServer.Core.Grading.GradeExplanation;

namespace LabServer.Grading;

internal sealed partial class GradingService(
    StudyLookup lookup, ResultLookup results, ExplanationStore explanations, SeriesStore series, RuleSetStore ruleSets,
    RuleSetComparison comparison, TimeProvider time)
    : Api.V1.GradingService.GradingServiceBase
{
    public override Task<ExplainGradeResponse> ExplainGrade(ExplainGradeRequest request, ServerCallContext context)
    {
        var (study, ruleSet) = lookup.Find(request.StudyId, request.RuleSetId);
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
        };
        if (explanation.Grade is { } grade)
        {
            message.Grade = grade;
        }

        return message;
    }

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
            RangeIndicator = value.Indicator is { } indicator ? (Api.V1.RangeIndicator)indicator : Api.V1.RangeIndicator.Unspecified,
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

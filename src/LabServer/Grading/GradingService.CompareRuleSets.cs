using Grpc.Core;
using LabServer.Access;
using LabServer.Api.V1;
using LabServer.Core.Access;
using LabServer.Core.Grading;
using LabServer.Core.Summaries;
using RuleSetDifference = LabServer.Core.Summaries.RuleSetDifference;

namespace LabServer.Grading;

internal sealed partial class GradingService
{
    [Needs(Permission.ReadGrades)]
    public override async Task CompareRuleSets(
        CompareRuleSetsRequest request, IServerStreamWriter<CompareRuleSetsResponse> responseStream, ServerCallContext context)
    {
        var (study, a) = lookup.Find(context, request.StudyId, request.RuleSetA);
        var (_, b) = lookup.Find(context, request.StudyId, request.RuleSetB);
        if (a == b)
        {
            throw RpcErrors.InvalidArgument("RULE_SETS_EQUAL", "rule_set_b", $"is the same as rule_set_a, {a.Name} version {a.Version}");
        }

        var totals = TermPair.Of(a, b)
            .Where(pair => request.Term.Length == 0 || pair.IsCalled(request.Term))
            .Select(pair => new RuleSetDifferenceTotal(pair))
            .ToList();
        if (totals.Count == 0)
        {
            throw RpcErrors.NotFound("term", request.Term);
        }

        if (request.SubjectId.Length > 0 && subjects.Find(study.StudyKey, ArmSight.Blinded, request.SubjectId) is null)
        {
            throw RpcErrors.NotFound("subject", request.SubjectId);
        }

        var reader = readers.Of(context);
        foreach (var difference in comparison.Differences(study, a, b, totals, request.SubjectId))
        {
            reader.ThrowIfOver();
            context.RequireStillKnown();
            await reader.Take(responseStream.WriteAsync(
                new CompareRuleSetsResponse { Difference = ToMessage(difference) }, context.CancellationToken));
        }

        foreach (var total in totals.Where(total => total.Subjects > 0))
        {
            await responseStream.WriteAsync(new CompareRuleSetsResponse { Summary = ToMessage(total) }, context.CancellationToken);
        }
    }

    private static Api.V1.RuleSetDifference ToMessage(RuleSetDifference difference)
    {
        var message = new Api.V1.RuleSetDifference
        {
            SubjectId = difference.SubjectId,
            TestKey = difference.Pair.TestKey,
            Direction = (Api.V1.ToxicityDirection)difference.Pair.Direction,
            TermA = difference.Pair.NameA,
            TermB = difference.Pair.NameB,
            Results = difference.Results,
            ResultsDifferent = difference.Different,
        };
        if (difference.WorstA is { } worstA)
        {
            message.WorstGradeA = worstA;
        }

        if (difference.WorstB is { } worstB)
        {
            message.WorstGradeB = worstB;
        }

        return message;
    }

    private static RuleSetSummary ToMessage(RuleSetDifferenceTotal total) => new()
    {
        TestKey = total.Pair.TestKey,
        Direction = (Api.V1.ToxicityDirection)total.Pair.Direction,
        TermA = total.Pair.NameA,
        TermB = total.Pair.NameB,
        Subjects = total.Subjects,
        SubjectsDifferent = total.SubjectsDifferent,
        WorseUnderA = total.WorseUnderA,
        WorseUnderB = total.WorseUnderB,
        Results = total.Results,
        ResultsDifferent = total.ResultsDifferent,
    };
}
